import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { SMTPServer } from 'smtp-server';
import { EmailAddress, parseAddress } from '@signalbox/contracts';
import { createMailSender, type MailSender } from './send-mail.js';

// The promise behind the grammar of addresses, on a real conversation: what is accepted is one recipient, and that one.

const seed = Date.now() % 2 ** 31;
let recipients: string[] = [];
let server: SMTPServer;
let sender: MailSender;

const nothing = () => undefined;
const silence = {
  level: nothing,
  trace: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};

function noteLine(side: unknown, line: unknown): void {
  const recipient = side === 'C:' && /^RCPT TO:<(.*)>/i.exec(String(line))?.[1];
  if (typeof recipient === 'string') recipients.push(recipient);
}

beforeAll(async () => {
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    // The line as it came: what the server makes of it has its domain decoded.
    logger: { ...silence, debug: (_entry: unknown, side: unknown, line: unknown) => noteLine(side, line) },
    onData: (stream, _session, done) => void stream.on('end', () => done()).resume(),
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  sender = createMailSender({
    smtpUrl: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    from: { name: 'Signalbox', address: 'notifications@signalbox.example', domain: 'signalbox.example' },
  });
});
afterAll(async () => {
  sender.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

async function recipientsOf(address: string): Promise<string[]> {
  recipients = [];
  const sent = await sender.send(
    {
      lane: 'standard',
      delivery: '0123456789abcdef0123456789abcdef',
      address,
      eventId: 'e-1',
      category: 'technicalEmergency',
      subject: 'Emergency',
      text: 'Text.\n',
      html: '<p>Text.</p>\n',
    },
    AbortSignal.timeout(20_000),
    () => true,
  );
  expect({ address, end: sent.end }).toEqual({ address, end: '2xx' });
  return recipients;
}

const local = fc
  .string({ unit: fc.constantFrom(..."abzAZ019.!#$%&'*+/=?^_`{|}~-"), minLength: 1, maxLength: 64 })
  .filter((text) => parseAddress(`${text}@acme.example`).ok);
const domain = fc.oneof(
  fc.domain(),
  fc.constantFrom(
    'bücher.example',
    '例え.テスト',
    'ACME.Example',
    'acme。example',
    'faß.example',
    'ａｃｍｅ.example',
  ),
);

/** Each of these once took, or might take, more or other recipients than one reads. */
const hostile = [
  'ana@acme.example, eve@evil.example',
  'ana@acme.example\r\nRCPT TO:<eve@evil.example>',
  'ana@acme.example>\r\nDATA',
  '"ana@acme.example, eve"@evil.example',
  '"eve@evil.example "@acme.example',
  'ana@acme.example(eve@evil.example)',
  'Ana <eve@evil.example>',
  'group:ana@acme.example,eve@evil.example;',
  '=?utf-8?q?ana=40evil.example=3e=00?=@acme.example',
  'ana@[127.0.0.1]',
  'ana@acme.example\u0000@evil.example',
  'ana@acme\u00ad.example',
  'eve@evil.example%00@acme.example',
  'eve%evil.example@acme.example',
  'evil.example!eve@acme.example',
  "'@acme.example",
  '{}@acme.example',
  '`id`@acme.example',
  '-oQ/tmp@acme.example',
  '|sh@acme.example',
  '=?@acme.example',
  '?=@acme.example',
];

it(`an address that is accepted becomes one recipient, exactly that one (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(local, domain), async ([localPart, domainName]) => {
      const address = EmailAddress.safeParse(`${localPart}@${domainName}`);
      fc.pre(address.success);
      expect(await recipientsOf(address.data)).toEqual([address.data]);
    }),
    { seed, numRuns: 400 },
  );
});

it.each(hostile)('%j is refused, or is one recipient', async (text) => {
  const address = EmailAddress.safeParse(text);
  if (address.success) expect(await recipientsOf(address.data)).toEqual([address.data]);
  else expect(address.error.issues[0]).toMatchObject({ params: { code: 'invalid-address' } });
});
