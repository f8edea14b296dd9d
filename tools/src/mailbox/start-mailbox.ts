import type { Server } from 'node:http';
import { mailboxApi } from './mailbox-api.js';
import { MailStore } from './mail-store.js';
import { smtpDoor } from './smtp-door.js';

export interface MailboxOptions {
  readonly host: string;
  readonly httpPort: number;
  readonly smtpPort: number;
  /** How many mails are kept; the oldest goes first. */
  readonly keep: number;
}

export interface Mailbox {
  stop(): Promise<void>;
}

/** The local mailbox: an SMTP server that keeps what it is given in memory, with a page and Mailpit's API. */
export async function startMailbox({ host, httpPort, smtpPort, keep }: MailboxOptions): Promise<Mailbox> {
  const store = new MailStore(keep);
  const smtp = smtpDoor(store);
  await new Promise<void>((resolve, reject) => {
    smtp.once('error', reject);
    smtp.listen(smtpPort, host, resolve);
  });
  // A client that drops its connection is the client's affair; the mailbox goes on.
  smtp.on('error', (error) => console.error(`smtp: ${error.message}`));
  const http = await new Promise<Server>((resolve, reject) => {
    const server = mailboxApi(store).listen(httpPort, host, () => resolve(server));
    server.once('error', reject);
  });
  return {
    stop: async () => {
      http.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => http.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}
