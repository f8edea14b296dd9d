// `npm run bench`: every part, or those that are named, each on a stack of its own in a temporary folder.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { LocalStackError, startStack, table } from '@signalbox/tools';
import { Argument, Command, InvalidArgumentError } from 'commander';
import { parts, type PartName } from './parts.js';

const partNames = Object.keys(parts) as PartName[];
const say = (line: string): void => console.log(line);

async function runPart(name: PartName, accounts: number): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'signalbox-bench-'));
  try {
    const stack = await startStack({ dir, ports: 'free', onLine: say });
    try {
      say(`\n${name}, ${accounts} accounts, on ${machine()}`);
      const rows = await parts[name](stack, { accounts, onLine: say });
      say(`\n${table(rows)}\n`);
    } finally {
      await stack.stop();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function machine(): string {
  const [cpu] = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${gibibytes} GiB, Node ${process.versions.node}`;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It is no whole number above 0.');
}

const program = new Command('bench')
  .description('Measures; nothing passes or fails.')
  .addArgument(new Argument('[parts...]', 'all when left out').choices(partNames))
  .option('--accounts <number>', 'how many accounts the lists are made of', wholeNumber, 100_000)
  .action(async (named: PartName[], { accounts }: { accounts: number }) => {
    for (const name of named.length > 0 ? named : partNames) await runPart(name, accounts);
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof LocalStackError ? error.message : error);
  process.exitCode = 1;
}
