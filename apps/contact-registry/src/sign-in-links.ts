import { accountMailLink, mailboxOf, parseAddress } from '@signalbox/contracts';
import { connectMongo } from '@signalbox/persistence';
import {
  createLog,
  mongoConfig,
  publicUrl,
  readConfig,
  runMain,
  signingKeys,
  StartError,
} from '@signalbox/runtime';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { openSignIn } from './access/open-sign-in.js';
import { People } from './access/people.js';
import { StaffStore } from './access/staff-store.js';
import { registryDatabase } from './accounts/account-document.js';
import { AccountStore } from './accounts/account-store.js';

/** Makes sign-in links past the mail, for whoever may read the registry's database anyway, which MONGO_URL names. */
const program = new Command('sign-in-links')
  .description('Sign-in links for when mail is down, and for the local stack.')
  .showHelpAfterError();

program
  .command('create')
  .description('prints a link for each address, one a line: good once, for 15 minutes')
  .requiredOption('--email <email...>', 'of a portal user or of somebody of the platform', address)
  .action(async ({ email: emails }: { email: string[] }) => {
    const links = await makeLinks(emails);
    process.stdout.write(links.map((link) => `${link}\n`).join(''));
  });

async function makeLinks(emails: readonly string[]): Promise<string[]> {
  const config = readConfig(z.object({ ...mongoConfig, ...signingKeys, ...publicUrl }));
  const connection = await connectMongo({
    url: config.MONGO_URL,
    database: registryDatabase,
    onAway: (cause) => {
      throw new StartError('MongoDB does not answer at the address in MONGO_URL.', { cause });
    },
  });
  try {
    const people = new People(new AccountStore(connection), new StaffStore(connection));
    const log = createLog('sign-in-links', { level: 'error' });
    const parts = { connection, signingKeys: config.SIGNING_KEYS, publicUrl: config.PUBLIC_URL, log };
    const { links } = await openSignIn(parts);
    const made: string[] = [];
    for (const email of emails) {
      const mailbox = mailboxOf(email);
      if ((await people.find(mailbox)) === undefined) {
        throw new StartError('Nobody of the platform and of no account has this address.');
      }
      const { token } = await links.make(mailbox);
      made.push(accountMailLink('sign-in-link', token, config.PUBLIC_URL));
    }
    return made;
  } finally {
    await connection.close();
  }
}

function address(value: string, before: string[] = []): string[] {
  const parsed = parseAddress(value);
  if (!parsed.ok) throw new InvalidArgumentError(`It is no address: ${parsed.reason}.`);
  return [...before, parsed.address];
}

await runMain('sign-in-links', () => program.parseAsync());
