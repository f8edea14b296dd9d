import { accountImportPath, addressStates, adviceCodes, contactFields, ndjson } from '@signalbox/contracts';
import type { Stack } from '@signalbox/tools';
import { madeAccount } from './made-accounts.js';
import { timesOf } from './times-of.js';

export interface ListsOptions {
  readonly accounts: number;
  readonly onLine: (line: string) => void;
}

const requestsEach = 200;

/** What operators ask for, each as the first page. */
const asked = [
  '',
  'ready=true',
  'ready=false',
  'ready=false&environment=sandbox',
  ...contactFields.map((field) => `missing=${field}`),
  ...adviceCodes.map((code) => `advice=${code}`),
  'advice=never-tested&environment=sandbox',
  ...addressStates.map((state) => `addressState=${state}`),
  'launched=true',
  'launched=false',
  'integrationType=reservations',
  'q=b',
  'q=bistro',
  'q=bistro%20uno',
  'q=partner-000123',
  'q=000123-partner',
  'q=nobody',
  'ready=false&launched=false&integrationType=ordering&q=tours',
] as const;

/** Imports many accounts through the gateway, then times the first page of each list. @returns a table, head first. */
export async function benchOperatorsLists(stack: Stack, options: ListsOptions): Promise<string[][]> {
  const { accounts, onLine } = options;
  const startedMs = performance.now();
  const made = await importAccounts(stack, options);
  const seconds = (performance.now() - startedMs) / 1000;
  onLine(
    `imported ${made} of ${accounts} in ${seconds.toFixed(1)} s: ${Math.round(made / seconds)} accounts/s`,
  );
  const rows: string[][] = [['FIRST PAGE OF', 'FOUND', 'P50 MS', 'P99 MS', 'MAX MS']];
  for (const query of asked) {
    let found = 0;
    const { p50, p99, max } = await timesOf(
      requestsEach,
      async () => (found = await firstPage(stack, query)),
    );
    rows.push([query === '' ? '(all)' : query, String(found), ...[p50, p99, max].map((ms) => ms.toFixed(1))]);
  }
  return rows;
}

async function firstPage({ gateway, keys }: Stack, query: string): Promise<number> {
  const response = await fetch(`${gateway}/v1/accounts?${query}`, {
    headers: { authorization: `Bearer ${keys.operator}` },
  });
  if (response.status !== 200) throw new Error(`?${query} answered ${response.status}`);
  return ((await response.json()) as { items: unknown[] }).items.length;
}

/** @returns how many were made. */
async function importAccounts({ gateway, keys }: Stack, { accounts, onLine }: ListsOptions): Promise<number> {
  const response = await fetch(`${gateway}${accountImportPath}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys.operator}`, 'content-type': ndjson },
    body: ReadableStream.from(linesOf(accounts)),
    duplex: 'half',
  });
  if (response.status !== 200 || response.body === null)
    throw new Error(`import answered ${response.status}`);
  let made = 0;
  for await (const result of resultsIn(response.body)) {
    if (result.outcome !== 'made') throw new Error(JSON.stringify(result));
    made += 1;
    if (made % 10_000 === 0) onLine(`  ${made} accounts`);
  }
  return made;
}

const linesAPiece = 50;

function* linesOf(accounts: number): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (let first = 0; first < accounts; first += linesAPiece) {
    const count = Math.min(linesAPiece, accounts - first);
    const lines = Array.from({ length: count }, (_, n) => `${madeAccount(first + n)}\n`);
    yield encoder.encode(lines.join(''));
  }
}

async function* resultsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<{ outcome: string }> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line) as { outcome: string };
  }
}
