import { mailboxOf, type NewAccountMail } from '@signalbox/contracts';
import { addressHashParts } from '@signalbox/domain';
import type { KeyedHash, Log } from '@signalbox/runtime';
import { networkOf } from './network-of.js';
import { addresseeOf, type Person } from './people.js';
import type { SignInLink } from './sign-in-links.js';

/** More than people ever ask at once; beyond that somebody is trying addresses, and most of them are nobody's. */
const mostRunning = 500;

/**
 * Sends a link to who may sign in. Nothing of it is waited for by who asks: neither the answer nor the time it takes
 * tells whether an address is known. An address that is not is written down nowhere.
 */
export class AskForSignIn {
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly parts: AskForSignInParts) {}

  /**
   * Takes the wish down; what comes of it is seen in the mailbox alone.
   * @param from the network address of who asks; null when it is not known.
   */
  execute(email: string, from: string | null = null): void {
    const mailbox = mailboxOf(email);
    if (this.running.size >= mostRunning) return this.tell(mailbox, 'too-many-at-once');
    const asked = this.send(mailbox, from)
      .then((outcome) => this.tell(mailbox, outcome))
      .catch((err: unknown) => this.parts.log.error({ event: 'sign-in.failed', err }, 'sign-in.failed'))
      .finally(() => this.running.delete(asked));
    this.running.add(asked);
  }

  /** Resolves when all that was taken down is done. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  private async send(
    mailbox: string,
    from: string | null,
  ): Promise<'mailed' | 'not-known' | 'too-many-mails'> {
    const { people, links, mails } = this.parts;
    const person = await people.find(mailbox);
    if (person === undefined) return 'not-known';
    const network = from === null ? null : networkOf(from);
    if (!(await mails.admit({ kind: 'sign-in-link', address: mailbox }, network))) return 'too-many-mails';
    const { token, expiresAt } = await links.make(mailbox);
    await mails.send({
      kind: 'sign-in-link',
      ...addresseeOf(person),
      facts: {},
      secret: token,
      expiresAt,
    });
    return 'mailed';
  }

  private tell(mailbox: string, outcome: string): void {
    const addressHash = this.parts.hash(addressHashParts(mailbox));
    this.parts.log.info({ event: 'sign-in.asked', addressHash, outcome }, 'sign-in.asked');
  }
}

export interface AskForSignInParts {
  readonly people: { find(mailbox: string): Promise<Person | undefined> };
  readonly links: { make(mailbox: string): Promise<SignInLink> };
  readonly mails: {
    admit(
      which: { readonly kind: 'sign-in-link'; readonly address: string },
      network: string | null,
    ): Promise<boolean>;
    send(mail: NewAccountMail): Promise<unknown>;
  };
  readonly hash: KeyedHash;
  readonly log: Log;
}
