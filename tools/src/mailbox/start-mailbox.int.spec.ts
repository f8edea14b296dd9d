import { connect, type Socket } from 'node:net';
import { freePort } from '../process/ports.js';
import { until } from '../process/until.js';
import { startMailbox, type Mailbox } from './start-mailbox.js';

interface Summary {
  readonly total: number;
  readonly messages_count: number;
  readonly messages: readonly { readonly ID: string; readonly Subject: string }[];
}

describe('the local mailbox', () => {
  let mailbox: Mailbox;
  let smtpPort: number;
  let url: string;

  beforeEach(async () => {
    smtpPort = await freePort();
    const httpPort = await freePort();
    url = `http://127.0.0.1:${httpPort}`;
    mailbox = await startMailbox({ host: '127.0.0.1', httpPort, smtpPort, keep: 3 });
  });
  afterEach(() => mailbox.stop());

  const get = async <T>(path: string): Promise<T> => (await (await fetch(`${url}${path}`)).json()) as T;
  const search = (query: string) => get<Summary>(`/api/v1/search?query=${encodeURIComponent(query)}`);

  it('keeps what it is given over SMTP and gives it back by Mailpit’s API', async () => {
    const conversation = new Conversation(smtpPort);
    await conversation.expects(/^220 /m);
    const greeting = await conversation.says('EHLO client.example', /^250 \S.*\r\n$/m);
    for (const extension of ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'SIZE'])
      expect(greeting).toContain(extension);
    expect(greeting).not.toContain('STARTTLS');
    expect(greeting).not.toContain('AUTH');
    await conversation.says('MAIL FROM:<bounce@signalbox.example>', /^250 /m);
    await conversation.says('RCPT TO:<page@acme-tours.example>', /^250 /m);
    await conversation.says('DATA', /^354 /m);
    const mail = [
      'To: page@acme-tours.example',
      'Subject: First',
      'Message-ID: <d-1@signalbox.example>',
      '',
      '..dotted',
    ];
    await conversation.says([...mail, '.'].join('\r\n'), /^250 /m);
    await conversation.says('QUIT', /^221 /m);

    const { messages } = await get<Summary>('/api/v1/messages');
    expect(messages).toMatchObject([
      { Subject: 'First', MessageID: 'd-1@signalbox.example', Snippet: '.dotted' },
    ]);
    const id = messages[0]?.ID ?? '';
    expect(await get(`/api/v1/message/${id}`)).toMatchObject({ ReturnPath: 'bounce@signalbox.example' });
    expect(await get(`/api/v1/message/${id}/headers`)).toMatchObject({ Subject: ['First'] });
    expect(await (await fetch(`${url}/api/v1/message/${id}/raw`)).text()).toContain('\r\n\r\n.dotted');
  });

  it('finds mails by search, and pages through them newest first', async () => {
    for (const number of [1, 2, 3])
      await deliver(smtpPort, `Mail ${number}`, `p${number}@acme-tours.example`);
    expect((await search('to:p2@acme-tours.example')).messages.map(({ Subject }) => Subject)).toEqual([
      'Mail 2',
    ]);
    const page = await get<Summary>('/api/v1/messages?start=1&limit=1');
    expect(page).toMatchObject({ total: 3, messages_count: 3, messages: [{ Subject: 'Mail 2' }] });
    expect((await fetch(`${url}/api/v1/search?query=`)).status).toBe(400);
  });

  it('lets the oldest mail go when it is full', async () => {
    for (const number of [1, 2, 3, 4]) await deliver(smtpPort, `Mail ${number}`);
    const { messages } = await get<Summary>('/api/v1/messages');
    expect(messages.map(({ Subject }) => Subject)).toEqual(['Mail 4', 'Mail 3', 'Mail 2']);
  });

  it('deletes all mails, or those that are named', async () => {
    for (const number of [1, 2]) await deliver(smtpPort, `Mail ${number}`);
    const { messages } = await get<Summary>('/api/v1/messages');
    const body = JSON.stringify({ IDs: [messages[0]?.ID] });
    await fetch(`${url}/api/v1/messages`, { method: 'DELETE', body });
    expect(await get<Summary>('/api/v1/messages')).toMatchObject({ messages: [{ Subject: 'Mail 1' }] });
    await fetch(`${url}/api/v1/messages`, { method: 'DELETE' });
    expect(await get<Summary>('/api/v1/messages')).toMatchObject({ total: 0, messages: [] });
  });

  it('serves a page that may load nothing from elsewhere and run no script of a mail', async () => {
    const page = await fetch(url);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    const script = await (await fetch(`${url}/page.mjs`)).text();
    expect(script).toContain("setAttribute('sandbox', '')");
    expect(script).not.toContain('innerHTML');
  });
});

/** SMTP as a client speaks it, line by line. */
class Conversation {
  readonly #socket: Socket;
  #heard = '';

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('data', (chunk: Buffer) => (this.#heard += chunk.toString()));
    this.#socket.on('error', () => undefined);
  }

  says(line: string, reply: RegExp): Promise<string> {
    this.#heard = '';
    this.#socket.write(`${line}\r\n`);
    return this.expects(reply);
  }

  async expects(reply: RegExp): Promise<string> {
    const isThere = await until(() => reply.test(this.#heard), { withinMs: 5_000, everyMs: 2 });
    if (isThere !== true) throw new Error(`expected ${String(reply)}, heard: ${this.#heard}`);
    return this.#heard;
  }
}

async function deliver(port: number, subject: string, to = 'page@acme-tours.example'): Promise<void> {
  const conversation = new Conversation(port);
  await conversation.expects(/^220 /m);
  await conversation.says('HELO client.example', /^250 /m);
  await conversation.says('MAIL FROM:<bounce@signalbox.example>', /^250 /m);
  await conversation.says(`RCPT TO:<${to}>`, /^250 /m);
  await conversation.says('DATA', /^354 /m);
  await conversation.says(`To: ${to}\r\nSubject: ${subject}\r\n\r\nHello\r\n.`, /^250 /m);
  await conversation.says('QUIT', /^221 /m);
}
