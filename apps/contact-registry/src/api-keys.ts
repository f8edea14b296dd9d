import { KeyLimits, Scope } from '@signalbox/contracts';
import { connectMongo } from '@signalbox/persistence';
import { createLog, mongoConfig, readConfig, runMain, StartError, systemClock } from '@signalbox/runtime';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { registryDatabase } from './accounts/account-document.js';
import { ApiKeyStore } from './keys/api-key-store.js';
import { ChangeKeys } from './keys/change-keys.js';
import { ReadKeys } from './keys/read-keys.js';

interface CreateOptions {
  readonly name: string;
  readonly scopes: Scope[];
  readonly accounts?: string[];
  readonly kinds?: NonNullable<KeyLimits['kinds']>;
  readonly environments?: NonNullable<KeyLimits['environments']>;
}

/** Who did it, in the history of a key. */
const by = 'the tool api-keys';
const pageLength = 200;

/** Makes, lists, rotates and revokes API keys in the registry's database, which MONGO_URL names. */
const program = new Command('api-keys')
  .description('API keys: made, rotated and revoked here, checked by the gateway within a minute.')
  .showHelpAfterError();

program
  .command('create')
  .description('makes a key and prints its secret, alone and once: only its hash is stored')
  .requiredOption('--name <name>', 'who uses it, for people', text)
  .requiredOption('--scopes <scopes>', `comma-separated: ${Scope.options.join(', ')}`, listOf(Scope))
  .option('--accounts <accounts>', 'only for these accounts, comma-separated', listOf(z.string().min(1)))
  .option('--kinds <kinds>', 'only for these kinds of event, comma-separated', listOf(elementOf('kinds')))
  .option('--environments <environments>', 'only for these environments', listOf(elementOf('environments')))
  .action(async ({ name, scopes, ...limits }: CreateOptions) => {
    const wanted = { name, scopes, ...(Object.keys(limits).length > 0 && { limits }) };
    const { secret } = await withKeys(({ change }) => change.make(wanted, by));
    process.stdout.write(`${secret}\n`);
  });

program
  .command('list')
  .description('prints one key a line as JSON, without the secrets')
  .action(async () => {
    await withKeys(async ({ read }) => {
      let cursor: string | undefined;
      do {
        const page = await read.list(pageLength, cursor);
        for (const key of page?.items ?? []) process.stdout.write(`${JSON.stringify(key)}\n`);
        cursor = page?.nextCursor ?? undefined;
      } while (cursor !== undefined);
    });
  });

program
  .command('rotate')
  .description('prints a new secret; the one before it stays valid until it is revoked or the next rotation')
  .requiredOption('--id <id>', 'as list prints it', text)
  .action(async ({ id }: { id: string }) => {
    const rotation = await withKeys(({ change }) => change.rotate(id, by));
    if (rotation.kind === 'no-such-key') throw noSuchKey(id);
    if (rotation.kind === 'revoked') throw new StartError(`The key ${id} was revoked.`);
    process.stdout.write(`${rotation.secret}\n`);
  });

program
  .command('revoke')
  .description('revokes a key; gateways take it for at most a minute more')
  .requiredOption('--id <id>', 'as list prints it', text)
  .option('--previous', 'only the secret that was valid before the last rotation', false)
  .action(async ({ id, previous }: { id: string; previous: boolean }) => {
    const key = await withKeys(({ change }) => change.revoke(id, previous ? 'previous' : 'all', by));
    if (key === null) throw noSuchKey(id);
    process.stdout.write(`revoked ${id}\n`);
  });

const noSuchKey = (id: string): StartError => new StartError(`There is no key with the id ${id}.`);

interface Keys {
  readonly read: ReadKeys;
  readonly change: ChangeKeys;
}

async function withKeys<T>(use: (keys: Keys) => Promise<T>): Promise<T> {
  const { MONGO_URL: url } = readConfig(z.object(mongoConfig));
  const connection = await connectMongo({
    url,
    database: registryDatabase,
    onAway: (cause) => {
      throw new StartError('MongoDB does not answer at the address in MONGO_URL.', { cause });
    },
  });
  try {
    const store = new ApiKeyStore(connection);
    await store.createIndexes();
    // What is printed is for who asked, and the history is kept in the key: a log line beside would only be in the way.
    const log = createLog('api-keys', { level: 'silent' });
    return await use({ read: new ReadKeys(store), change: new ChangeKeys(store, systemClock, log) });
  } finally {
    await connection.close();
  }
}

function text(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value.trim();
}

function listOf<T>(schema: z.ZodType<T>): (value: string) => T[] {
  return (value) =>
    value.split(',').map((part) => {
      const parsed = schema.safeParse(part.trim());
      if (!parsed.success) throw new InvalidArgumentError(`"${part.trim()}" is not known.`);
      return parsed.data;
    });
}

/** What one element of a limit may be, from the schema that stores it. */
function elementOf<L extends keyof KeyLimits>(limit: L) {
  return KeyLimits.shape[limit].unwrap().element;
}

await runMain('api-keys', () => program.parseAsync());
