import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { ContactInformation, EventView, Ledger } from '@signalbox/contracts';
import { eventually } from '@signalbox/testing';
import { GatewayClient, startStack, type Stack, type StackOptions } from '@signalbox/tools';

export interface Mail {
  readonly ID: string;
  readonly MessageID: string;
  readonly Subject: string;
  readonly To: readonly { readonly Address: string }[];
}

export interface PlainEventBody {
  readonly kind: string;
  readonly account?: string;
  readonly id?: string;
  readonly title: string;
  readonly environment?: 'sandbox' | 'production';
  readonly [field: string]: unknown;
}

export interface PostAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly accepted?: readonly { id: string; source: string }[];
    readonly events?: readonly { id: string; source: string }[];
    readonly code?: string;
    readonly [member: string]: unknown;
  };
}

/** The running product as its users meet it: HTTP, Kafka, the mailbox. */
export class Signalbox {
  readonly operator: GatewayClient;
  readonly sender: GatewayClient;
  readonly #linksGiven = new Set<string>();

  constructor(readonly stack: Stack) {
    this.operator = new GatewayClient(stack.gateway, stack.keys.operator);
    this.sender = new GatewayClient(stack.gateway, stack.keys.sender);
  }

  /** Posts one plain event for acme-tours in production, unless told otherwise. Every status is an answer. */
  async post(event: PlainEventBody): Promise<PostAnswer> {
    const response = await fetch(`${this.stack.gateway}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.stack.keys.sender}`, 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'acme-tours', environment: 'production', ...event }),
      signal: AbortSignal.timeout(20_000),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as PostAnswer['body'],
    };
  }

  /** Posts until it is accepted, as a careful client does: the same id again on 503 and on a lost connection. */
  postUntilAccepted(
    event: PlainEventBody & { readonly id: string },
    withinMs = 120_000,
  ): Promise<PostAnswer> {
    return eventually(
      async () => {
        const answer = await this.post(event);
        if (answer.status !== 202 && answer.status !== 503) {
          throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
        }
        return answer.status === 202 && answer;
      },
      { withinMs, everyMs: 200, what: `event ${event.id} accepted` },
    );
  }

  /** All mails whose subject holds the text. */
  async mailsAbout(text: string): Promise<readonly Mail[]> {
    const query = new URLSearchParams({ query: `subject:"${text}"`, limit: '5000' });
    const response = await fetch(`${this.stack.mailbox}/api/v1/search?${query.toString()}`);
    return ((await response.json()) as { messages: Mail[] }).messages;
  }

  /** The link to a page in the newest mail to an address. Each is given once, so that who asks again gets the next mail's. */
  linkMailedTo(address: string, page: `/${string}`): Promise<URL> {
    const query = new URLSearchParams({ query: `to:"${address}"` });
    const link = new RegExp(`http\\S+${page}\\?token=[\\w.~-]+`);
    return eventually(
      async () => {
        const found = await fetch(`${this.stack.mailbox}/api/v1/search?${query.toString()}`);
        const { messages } = (await found.json()) as { messages: Mail[] };
        for (const { ID } of messages) {
          const mail = (await (await fetch(`${this.stack.mailbox}/api/v1/message/${ID}`)).json()) as {
            Text: string;
          };
          const [url] = link.exec(mail.Text) ?? [];
          if (url === undefined || this.#linksGiven.has(url)) continue;
          this.#linksGiven.add(url);
          return new URL(url);
        }
        return false;
      },
      { withinMs: 30_000, what: `a link to ${page} for ${address}` },
    );
  }

  async recipientsAbout(text: string): Promise<readonly string[]> {
    return (await this.mailsAbout(text)).map(recipientOf).sort();
  }

  /** Waits until so many mails are there. That there are no more is for the caller to see after `settled`. */
  mailsArrived(text: string, count: number, withinMs = 60_000): Promise<readonly Mail[]> {
    return eventually(
      async () => {
        const mails = await this.mailsAbout(text);
        return mails.length >= count && mails;
      },
      { withinMs, what: `${count} mails about ${text}` },
    );
  }

  /** Waits until the operators' mailbox has a mail that names the event among its alarms. */
  alarmMailed(event: string): Promise<void> {
    const query = new URLSearchParams({
      query: `to:"operators@signalbox.example" subject:"Alarm: " "${event}"`,
    });
    return eventually(
      async () => {
        const found = await fetch(`${this.stack.mailbox}/api/v1/search?${query.toString()}`);
        return ((await found.json()) as { messages: Mail[] }).messages.length > 0;
      },
      { withinMs: 60_000, what: `a mail about the alarm of ${event}` },
    ).then(() => undefined);
  }

  async event(id: string): Promise<EventView> {
    return (
      await this.operator.call<EventView>('GET', `/v1/events/${encodeURIComponent(id)}`, { expect: [200] })
    ).body;
  }

  /** The event once it is decided. */
  eventDecided(id: string, withinMs = 60_000): Promise<EventView> {
    return eventually(() => this.event(id), { withinMs, what: `event ${id} decided` });
  }

  /** The event once nothing of it is open: the router closes it after the books have seen its last delivery end. */
  eventClosed(id: string, withinMs = 60_000): Promise<EventView> {
    return eventually(
      async () => {
        const event = await this.event(id);
        return event.state !== 'delivering' && event;
      },
      { withinMs, what: `event ${id} closed` },
    );
  }

  async ledger(): Promise<Ledger> {
    return (await this.operator.call<Ledger>('GET', '/v1/ledger', { expect: [200] })).body;
  }

  /** Waits until nothing is on its way any more and both books balance. */
  settled(withinMs = 120_000): Promise<Ledger> {
    return eventually(
      async () => {
        const ledger = await this.ledger();
        const { pending = 0, sending = 0 } = ledger.recipients.byState;
        const isQuiet = ledger.waiting === 0 && pending === 0 && sending === 0 && ledger.difference === 0;
        if (!isQuiet)
          throw new Error(JSON.stringify({ ...ledger, events: { ...ledger.events, partitions: [] } }));
        return ledger;
      },
      { withinMs, everyMs: 250, what: 'quiet with balanced books' },
    );
  }

  async contactInformation(
    account: string,
  ): Promise<{ etag: string; information: ContactInformation & { version: number } }> {
    const path = `/v1/accounts/${account}/contact-information`;
    const { etag, body } = await this.operator.call<ContactInformation & { version: number }>('GET', path, {
      expect: [200],
    });
    return { etag: etag ?? '', information: body };
  }

  /** Replaces the whole contact information with one field changed, as the portal does. */
  async saveContacts(
    account: string,
    change: Partial<ContactInformation>,
  ): Promise<{ inForce: boolean; version: number }> {
    const { etag, information } = await this.contactInformation(account);
    const { version: _version, ...fields } = information;
    const { body } = await this.operator.call<{ inForce: boolean; version: number }>(
      'PUT',
      `/v1/accounts/${account}/contact-information`,
      { body: { ...fields, ...change }, ifMatch: etag, expect: [200] },
    );
    return body;
  }
}

export const recipientOf = (mail: Mail): string => mail.To[0]?.Address ?? '';

/** A word that stands in one spec's subjects and in no other's; short, so that a cut subject still holds it. */
export const token = (): string => `t${randomBytes(4).toString('hex')}`;

/** Gives a spec file a stack of its own, in a temporary folder, on free ports. */
export function useSignalbox(options: Omit<StackOptions, 'dir' | 'ports' | 'onLine'> = {}): () => Signalbox {
  let signalbox: Signalbox | undefined;
  let dir: string | undefined;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'signalbox-e2e-'));
    const lines: string[] = [];
    try {
      signalbox = new Signalbox(
        await startStack({ ...options, dir, ports: 'free', onLine: (line) => lines.push(line) }),
      );
    } catch (error) {
      throw new Error(`the stack did not start:\n${lines.join('\n')}`, { cause: error });
    }
  }, 180_000);

  afterAll(async () => {
    await signalbox?.stack.stop();
    if (dir !== undefined) await rm(dir, { recursive: true, force: true });
  }, 60_000);

  return () => {
    if (signalbox === undefined) throw new Error('the stack is not running');
    return signalbox;
  };
}
