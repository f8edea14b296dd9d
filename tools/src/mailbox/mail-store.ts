import type { StoredMail } from './stored-mail.js';

/** The mails in memory, oldest first, never more than `most`: then the oldest goes. Nothing survives the process. */
export class MailStore {
  readonly #mails = new Map<string, StoredMail>();

  constructor(readonly most: number) {}

  get size(): number {
    return this.#mails.size;
  }

  add(mail: StoredMail): void {
    this.#mails.set(mail.id, mail);
    if (this.#mails.size <= this.most) return;
    const [oldest] = this.#mails.keys();
    if (oldest !== undefined) this.#mails.delete(oldest);
  }

  /** @param id a mail's id, or `latest`. */
  find(id: string): StoredMail | undefined {
    return id === 'latest' ? this.newestFirst()[0] : this.#mails.get(id);
  }

  newestFirst(): StoredMail[] {
    return [...this.#mails.values()].reverse();
  }

  delete(ids: readonly string[]): void {
    for (const id of ids) this.#mails.delete(id);
  }

  clear(): void {
    this.#mails.clear();
  }
}
