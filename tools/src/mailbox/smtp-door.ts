import { SMTPServer } from 'smtp-server';
import type { MailStore } from './mail-store.js';
import { StoredMail } from './stored-mail.js';

/** Larger than any mail of ours; advertised with SIZE. */
const largestMailBytes = 30 * 1024 * 1024;

/** Takes every mail for everybody: no authentication, no TLS, no look-ups, no relaying. */
export function smtpDoor(store: MailStore): SMTPServer {
  return new SMTPServer({
    name: 'mailbox.localhost',
    banner: 'Signalbox local mailbox',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largestMailBytes,
    rejectOversized: true,
    closeTimeout: 1_000,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('error', done);
      stream.once('end', () => {
        if (stream.sizeExceeded) return done(null);
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
        const mail = new StoredMail(Buffer.concat(chunks), envelope, new Date());
        store.add(mail);
        done(null, `OK: queued as ${mail.id}`);
      });
    },
  });
}
