import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { mailLanes } from '@signalbox/contracts';
import { createMailSender, type MailSender, type OutgoingMail } from './send-mail.js';

/** What the server does at a step: says this, goes away without a word, or says nothing. */
type Act = `${number}${' ' | '-'}${string}` | 'drop' | 'silence';
type Step = 'greeting' | 'EHLO' | 'HELO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'body' | 'dot';
type Script = Partial<Record<Step, Act>>;

const usual = {
  greeting: '220 mx.example ready',
  EHLO: '250 mx.example',
  HELO: '250 mx.example',
  AUTH: '235 welcome',
  MAIL: '250 sender ok',
  RCPT: '250 recipient ok',
  DATA: '354 go ahead',
  dot: '250 2.0.0 queued as 42',
} as const satisfies Script;

const mail: OutgoingMail = {
  lane: 'standard',
  delivery: '0123456789abcdef0123456789abcdef',
  address: 'page@acme-tours.example',
  eventId: 'e-1',
  category: 'technicalEmergency',
  subject: 'Emergency: Acme Tours: Größe <1>',
  text: 'Ein Satz mit Umlauten: größer.\n',
  html: '<p>Ein Satz mit Umlauten: größer.</p>\n',
};

const ours = () => true;
let server: Server | undefined;
let sender: MailSender | undefined;
let bodies: string[] = [];
let mailFroms: string[] = [];
let connections = 0;
afterEach(() => {
  sender?.close();
  server?.close();
  bodies = [];
  mailFroms = [];
  connections = 0;
});

/** A mail server that follows a script, on a free port. */
async function listen(script: Script): Promise<number> {
  const acts: Script = { ...usual, ...script };
  server = createServer((socket) => converse(socket, acts));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function converse(socket: Socket, acts: Script): void {
  let body: string | undefined;
  let pending = '';
  const act = (step: Step): void => {
    const what = acts[step];
    if (what === 'drop') socket.destroy();
    else if (what !== 'silence' && what !== undefined) socket.write(`${what}\r\n`);
  };
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1');
    for (;;) {
      if (body !== undefined) {
        if (acts.body === 'drop') return void socket.destroy();
        const end = pending.indexOf('\r\n.\r\n');
        if (end < 0) return;
        bodies.push(Buffer.from(pending.slice(0, end), 'latin1').toString('utf8'));
        pending = pending.slice(end + 5);
        body = undefined;
        act('dot');
        continue;
      }
      const end = pending.indexOf('\r\n');
      if (end < 0) return;
      const line = pending.slice(0, end);
      const [verb = ''] = line.toUpperCase().split(/[ :]/);
      if (verb === 'MAIL') mailFroms.push(/<[^>]*>/.exec(line)?.[0] ?? '');
      pending = pending.slice(end + 2);
      if (verb === 'QUIT') return void socket.end('221 bye\r\n');
      if (verb === 'RSET') socket.write('250 reset\r\n');
      else act(verb as Step);
      if (verb === 'DATA' && acts.DATA?.startsWith('354')) body = '';
    }
  });
  connections += 1;
  act('greeting');
}

async function send(script: Script, { changes = {}, user = '', abortAfterMs = 20_000 } = {}) {
  const port = await listen(script);
  sender = createMailSender({
    smtpUrl: `smtp://${user}127.0.0.1:${port}`,
    from: { name: 'Signalbox', address: 'notifications@signalbox.example', domain: 'signalbox.example' },
  });
  return sender.send({ ...mail, ...changes }, AbortSignal.timeout(abortAfterMs), ours);
}

const pipelining = { EHLO: '250-mx.example\r\n250 PIPELINING' } as const satisfies Script;

describe('a conversation that ends', () => {
  it.each<[string, Script, object]>([
    ['with a 421 greeting', { greeting: '421 busy' }, { stage: 'connect', end: '4xx', verdict: 'ours' }],
    ['before a greeting', { greeting: 'drop' }, { stage: 'connect', end: 'lost', verdict: 'ours' }],
    ['after EHLO', { EHLO: 'drop' }, { verdict: 'ours', end: 'lost' }],
    [
      'with EHLO and HELO refused',
      { EHLO: '502 no', HELO: '502 no' },
      { stage: 'hello', end: '5xx', verdict: 'ours' },
    ],
    [
      'with STARTTLS refused',
      { EHLO: '250-mx.example\r\n250 STARTTLS', STARTTLS: '454 not now' },
      { stage: 'tls', verdict: 'ours' },
    ],
    ['with MAIL FROM put off', { MAIL: '451 later' }, { stage: 'mail-from', end: '4xx', verdict: 'ours' }],
    ['with MAIL FROM refused', { MAIL: '550 not you' }, { stage: 'mail-from', end: '5xx', verdict: 'ours' }],
    ['after MAIL FROM', { MAIL: 'drop' }, { stage: 'transfer', end: 'lost', verdict: 'retry' }],
    [
      'with the recipient put off',
      { RCPT: '450 4.2.1 greylisted' },
      { stage: 'recipient', verdict: 'retry' },
    ],
    [
      'with 421 for the recipient',
      { RCPT: '421 too many' },
      { stage: 'recipient', end: '4xx', verdict: 'retry' },
    ],
    ['with the recipient refused', { RCPT: '550 5.1.1 unknown' }, { stage: 'recipient', verdict: 'refused' }],
    ['after RCPT TO', { RCPT: 'drop' }, { stage: 'transfer', end: 'lost', verdict: 'retry' }],
    ['with DATA put off', { DATA: '452 full' }, { stage: 'data', end: '4xx', verdict: 'retry' }],
    ['with DATA refused', { DATA: '554 no' }, { stage: 'data', end: '5xx', verdict: 'refused' }],
    ['after DATA', { DATA: 'drop' }, { stage: 'transfer', end: 'lost', verdict: 'retry' }],
    ['with the mail put off', { dot: '451 later' }, { stage: 'dot', end: '4xx', verdict: 'retry' }],
    ['with the mail refused', { dot: '552 5.3.4 too big' }, { stage: 'dot', end: '5xx', verdict: 'refused' }],
    [
      'with the recipient refused where commands are pipelined',
      { ...pipelining, RCPT: '550 5.1.1 unknown', DATA: '503 no recipient' },
      { stage: 'recipient', end: '5xx', verdict: 'refused' },
    ],
    [
      'with the recipient put off where commands are pipelined',
      { ...pipelining, RCPT: '451 later', DATA: '503 no recipient' },
      { stage: 'recipient', end: '4xx', verdict: 'retry' },
    ],
    [
      'with the sender refused where commands are pipelined',
      { ...pipelining, MAIL: '550 not you', RCPT: '503 no sender', DATA: '503 no recipient' },
      { stage: 'mail-from', verdict: 'ours' },
    ],
    [
      'after the pipelined commands',
      { ...pipelining, MAIL: '250 ok', RCPT: '250 ok', DATA: 'drop' },
      { stage: 'transfer', end: 'lost', verdict: 'retry' },
    ],
  ])('%s is told so, and is not ambiguous', async (_, script, expected) => {
    expect(await send(script)).toMatchObject({ ...expected, ambiguous: false });
    expect(bodies).toHaveLength(script.dot === undefined ? 0 : 1);
  });

  it.each<[string, Script, object]>([
    ['after the final dot', { dot: 'drop' }, { end: 'lost' }],
    ['in the middle of the last reply', { dot: '250-2.0.0 almost' }, { end: 'timeout' }],
    ['never, after the final dot', { dot: 'silence' }, { end: 'timeout' }],
  ])('%s is ambiguous and will be tried again', async (_, script, expected) => {
    const result = await send(script, { abortAfterMs: 1_500 });
    expect(result).toMatchObject({ ...expected, stage: 'dot', verdict: 'retry', ambiguous: true });
  });

  it('in the middle of a large body is not ambiguous: the server never saw its end', async () => {
    const text = `${'A line of a large mail.\n'.repeat(40)}`.repeat(20_000);
    const result = await send({ body: 'drop' }, { changes: { text } });
    expect(result).toMatchObject({ stage: 'transfer', end: 'lost', verdict: 'retry', ambiguous: false });
  });

  it.each(['greeting', 'MAIL', 'RCPT', 'DATA'] as const)(
    'never, because the server is silent at %s, ends when its time is up and is not ambiguous',
    async (step) => {
      const result = await send({ [step]: 'silence' }, { abortAfterMs: 500 });
      expect(result).toMatchObject({ end: 'timeout', ambiguous: false });
    },
  );

  it('with our credentials refused is our own fault', async () => {
    const result = await send(
      { EHLO: '250-mx.example\r\n250 AUTH PLAIN', AUTH: '535 5.7.8 wrong' },
      { user: 'us:secret@' },
    );
    expect(result).toMatchObject({ stage: 'auth', end: '5xx', verdict: 'ours', ambiguous: false });
  });

  it('because nobody listens is our own fault', async () => {
    sender = createMailSender({
      smtpUrl: 'smtp://127.0.0.1:1',
      from: { name: '', address: 'a@b.example', domain: 'b.example' },
    });
    const result = await sender.send(mail, AbortSignal.timeout(5_000), ours);
    expect(result).toMatchObject({ stage: 'connect', end: 'lost', verdict: 'ours', ambiguous: false });
    await expect(sender.verify()).rejects.toThrow();
  });
});

it('tells the reply with addresses masked', async () => {
  const result = await send({ RCPT: '550 5.1.1 <page@acme-tours.example>: no such user' });
  expect(result.reply).toBe('550 5.1.1 <[address]>: no such user');
});

it('sends again over the same pool after a refusal, in every lane', async () => {
  expect(await send({ RCPT: '550 no' })).toMatchObject({ verdict: 'refused' });
  expect(await sender?.send(mail, AbortSignal.timeout(5_000), ours)).toMatchObject({ verdict: 'refused' });
  for (const lane of mailLanes) {
    expect(await sender?.send({ ...mail, lane }, AbortSignal.timeout(5_000), ours)).toMatchObject({
      verdict: 'refused',
    });
  }
});

it("goes to a server once an attempt: whether there is another one is the delivery's to say", async () => {
  expect(await send({ greeting: 'drop' })).toMatchObject({ verdict: 'ours' });
  expect(connections).toBe(1);
});

describe('a mail that was sent', () => {
  it('has one recipient, our Message-ID and headers, and the same facts as text and HTML', async () => {
    expect(await send({})).toMatchObject({
      verdict: 'sent',
      stage: 'dot',
      reply: '250 2.0.0 queued as 42',
    });
    const parsed = await PostalMime.parse(bodies[0] ?? '');
    const header = (name: string) =>
      parsed.headers.filter(({ key }) => key === name).map(({ value }) => value);
    expect(parsed.to).toEqual([{ address: 'page@acme-tours.example', name: '' }]);
    expect(parsed.cc).toBeUndefined();
    expect(parsed.from).toEqual({ address: 'notifications@signalbox.example', name: 'Signalbox' });
    expect(parsed.subject).toBe(mail.subject);
    expect(parsed.messageId).toBe('<0123456789abcdef0123456789abcdef@signalbox.example>');
    expect(header('auto-submitted')).toEqual(['auto-generated']);
    expect(header('x-auto-response-suppress')).toEqual(['All']);
    expect(header('x-signalbox-event')).toEqual(['e-1']);
    expect(header('x-signalbox-category')).toEqual(['technicalEmergency']);
    expect(parsed.text?.trim()).toBe(mail.text.trim());
    expect(parsed.html?.trim()).toBe(mail.html.trim());
  });

  it.each([
    ['standard', '<notifications@signalbox.example>'],
    ['account', '<>'],
  ] as const)('of the lane %s has the return path %s', async (lane, path) => {
    expect(await send({}, { changes: { lane } })).toMatchObject({ verdict: 'sent' });
    expect(mailFroms).toEqual([path]);
  });

  it('has no header that a sender made up, in the subject or the event id', async () => {
    await send({}, { changes: { subject: 'Down\r\nBcc: eve@evil.example', eventId: 'x\r\nX-Forged: yes' } });
    const [body = ''] = bodies;
    expect(body).not.toMatch(/^(bcc|x-forged):/im);
    const parsed = await PostalMime.parse(body);
    expect(parsed.headers.find(({ key }) => key === 'x-signalbox-event')?.value).toBe('x X-Forged: yes');
  });
});
