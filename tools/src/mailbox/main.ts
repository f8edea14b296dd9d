// The local mailbox as a process of its own: MAILBOX_PORT (page and API), SMTP_PORT, HOST, MAILBOX_KEEP.
import { startMailbox } from './start-mailbox.js';

const number = (setting: string, otherwise: number): number => Number(process.env[setting] ?? otherwise);

const mailbox = await startMailbox({
  host: process.env['HOST'] ?? '127.0.0.1',
  httpPort: number('MAILBOX_PORT', 8025),
  smtpPort: number('SMTP_PORT', 1025),
  keep: number('MAILBOX_KEEP', 20_000),
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void mailbox.stop().then(() => process.exit(0)));
}
