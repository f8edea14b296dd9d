import { KeyLimits, Scope } from '@signalbox/contracts';
import { connectMongo } from '@signalbox/persistence';
import { mongoConfig, readConfig, runMain, StartError, systemClock } from '@signalbox/runtime';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { registryDatabase } from './accounts/account-document.js';
import { ApiKeyStore } from './keys/api-key-store.js';
import { createKey } from './keys/create-key.js';

interface CreateOptions {
  readonly name: string;
  readonly scopes: Scope[];
  readonly accounts?: string[];
  readonly kinds?: NonNullable<KeyLimits['kinds']>;
  readonly environments?: NonNullable<KeyLimits['environments']>;
}
type KeyLimits = z.infer<typeof KeyLimits>;

/** Makes, lists and revokes API keys in the registry's database, which MONGO_URL names. */
const program = new Command('api-keys')
  .description('API keys: made and revoked here, checked by the gateway within a minute.')
  .showHelpAfterError();

program
  .command('create')
  .description('makes a key and prints it, alone and once: only its hash is stored')
  .requiredOption('--name <name>', 'who uses it, for people', text)
  .requiredOption('--scopes <scopes>', `comma-separated: ${Scope.options.join(', ')}`, listOf(Scope))
  .option('--accounts <accounts>', 'only for these accounts, comma-separated', listOf(z.string().min(1)))
  .option('--kinds <kinds>', 'only for these kinds of event, comma-separated', listOf(elementOf('kinds')))
  .option('--environments <environments>', 'only for these environments', listOf(elementOf('environments')))
  .action(async ({ name, scopes, ...limits }: CreateOptions) => {
    const limited = Object.keys(limits).length > 0 ? limits : null;
    const { secret, key } = createKey({ name, scopes, limits: limited }, systemClock.now());
    await withKeys((keys) => keys.insert(key));
    process.stdout.write(`${secret}\n`);
  });

program
  .command('list')
  .description('prints one key a line as JSON, without the secret')
  .action(async () => {
    for (const { _id: id, sha256: _, ...key } of await withKeys((keys) => keys.list())) {
      process.stdout.write(`${JSON.stringify({ id, ...key })}\n`);
    }
  });

program
  .command('revoke')
  .description('revokes a key; gateways take it for at most a minute more')
  .requiredOption('--id <id>', 'as list prints it', text)
  .action(async ({ id }: { id: string }) => {
    const found = await withKeys((keys) => keys.revoke(id, systemClock.now()));
    if (!found) throw new StartError(`There is no key with the id ${id}.`);
    process.stdout.write(`revoked ${id}\n`);
  });

async function withKeys<T>(use: (keys: ApiKeyStore) => Promise<T>): Promise<T> {
  const { MONGO_URL: url } = readConfig(z.object(mongoConfig));
  const connection = await connectMongo({
    url,
    database: registryDatabase,
    onAway: (cause) => {
      throw new StartError('MongoDB does not answer at the address in MONGO_URL.', { cause });
    },
  });
  try {
    const keys = new ApiKeyStore(connection);
    await keys.createIndexes();
    return await use(keys);
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
