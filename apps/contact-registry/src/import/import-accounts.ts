import type { ImportError, ImportOutcome, ImportResult } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';
import type { Asker } from '../accounts/asker.js';
import type { ImportAccount, ImportedAccount } from './import-account.js';
import { inOrder } from './in-order.js';
import type { Line } from './read-lines.js';

/** How many lines are worked on at a time: enough for their snapshots to go to Kafka in batches. */
const atOnce = 64;

/** A whole import: any number of lines, some at a time, the results in the lines' order. */
export class ImportAccounts {
  constructor(
    private readonly one: Pick<ImportAccount, 'execute'>,
    private readonly log: Log,
    private readonly isStopping: () => boolean,
  ) {}

  /** Ends early, at the end of a line, when this process stops or cannot go on; then the last outcome is `failed`. */
  async *execute(
    lines: AsyncIterable<Line>,
    asker: Asker,
    isAllowed: (account: string) => boolean,
  ): AsyncGenerator<ImportResult> {
    const counts: Partial<Record<ImportOutcome, number>> = {};
    const startedMs = performance.now();
    const turns = new Turns();
    const run = async (line: Line): Promise<ImportResult> => {
      if (this.isStopping()) return failed(line, 'This process is being stopped.');
      return this.importLine(line, turns, asker, isAllowed);
    };
    try {
      for await (const result of inOrder(lines, atOnce, run)) {
        counts[result.outcome] = (counts[result.outcome] ?? 0) + 1;
        yield result;
        if (result.outcome === 'failed') return;
      }
    } finally {
      const tookMs = Math.round(performance.now() - startedMs);
      const who = { by: asker.by, actor: asker.actor };
      this.log.info({ event: 'accounts.imported', ...who, ...counts, tookMs }, 'accounts.imported');
    }
  }

  private async importLine(
    line: Line,
    turns: Turns,
    asker: Asker,
    isAllowed: (account: string) => boolean,
  ): Promise<ImportResult> {
    const read = valueOf(line);
    if ('error' in read) {
      return { line: line.number, account: null, outcome: 'refused', errors: [read.error] };
    }
    try {
      const imported = await turns.after(nameIn(read.value), () =>
        this.one.execute(read.value, asker, isAllowed),
      );
      return resultOf(line, imported);
    } catch (err) {
      this.log.error({ event: 'accounts.import-failed', line: line.number, err }, 'accounts.import-failed');
      return failed(line, 'Something broke on our side.');
    }
  }
}

/** Lines about one account are worked on one after the other, since the last of them is to stand. */
class Turns {
  private readonly running = new Map<string, Promise<unknown>>();

  async after<T>(account: string, run: () => Promise<T>): Promise<T> {
    const before = this.running.get(account) ?? Promise.resolve();
    const mine = before.then(run, run);
    this.running.set(account, mine);
    try {
      return await mine;
    } finally {
      if (this.running.get(account) === mine) this.running.delete(account);
    }
  }
}

function resultOf({ number: line }: Line, { errors, ...imported }: ImportedAccount): ImportResult {
  return { line, ...imported, ...(errors !== undefined && { errors: [...errors] }) };
}

const failed = ({ number: line }: Line, why: string): ImportResult => ({
  line,
  account: null,
  outcome: 'failed',
  errors: [
    { pointer: '', code: 'internal-error', detail: `${why} Send this line and those after it again.` },
  ],
});

type ReadLine = { readonly value: unknown } | { readonly error: ImportError };

function valueOf({ content }: Line): ReadLine {
  if ('broken' in content) return { error: brokenLines[content.broken] };
  try {
    return { value: JSON.parse(content.text) as unknown };
  } catch {
    return { error: { pointer: '', code: 'malformed-json', detail: 'The line cannot be read as JSON.' } };
  }
}

const brokenLines = {
  'too-long': { pointer: '', code: 'too-long', detail: 'The line is longer than 256 KiB.' },
  'not-utf-8': { pointer: '', code: 'malformed-json', detail: 'The line is not UTF-8.' },
} as const satisfies Record<string, ImportError>;

/** What a line calls its account; lines that give it no name are about none, and are refused one by one. */
function nameIn(value: unknown): string {
  const id = (value as { account?: { id?: unknown } | null } | null)?.account?.id;
  return typeof id === 'string' ? id : '';
}
