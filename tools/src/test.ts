// `npm test`: everything that is checked, closed with one line `N passed, N failed` and the matching exit status.
// `npm test -- unit lint` runs those parts alone.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideChromium } from './engines/chromium.js';
import { LocalStackError } from './local-stack-error.js';
import { provideOutsidePrograms, withoutSetting } from './outside-programs.js';
import { runVisibly } from './test-run/run-visibly.js';
import { countCheck, countJestRun, summarize, type JestReport, type PartResult } from './test-run/summary.js';

const nx = (target: string): string[] => [
  'node_modules/nx/dist/bin/nx.js',
  'run-many',
  '-t',
  target,
  '--skipSync',
];
const quietNx = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };

/** Checks that pass or fail as a whole, the quick ones first. */
const checks = [
  { part: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { part: 'lint', args: nx('lint') },
  { part: 'typecheck', args: nx('typecheck') },
] as const;

/** The projects of jest.config.mjs; end-to-end specs share the machine's two cores with a whole stack, so one at a time. */
const projects = [
  { part: 'unit', args: [] },
  { part: 'int', args: [] },
  { part: 'e2e', args: ['--runInBand'] },
] as const;

const partNames = [...checks, ...projects].map(({ part }) => part as string);
const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !partNames.includes(part));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; the parts are ${partNames.join(', ')}.`);
  process.exit(1);
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupted.abort(signal));
}
process.on('disconnect', () => process.exit(1));

async function main(): Promise<number> {
  const reports = await mkdtemp(join(tmpdir(), 'signalbox-test-'));
  const results: PartResult[] = [];
  const run = async (part: string, work: () => Promise<PartResult>): Promise<void> => {
    if (interrupted.signal.aborted || (asked.length > 0 && !asked.includes(part))) return;
    console.log(`\n${part} …`);
    const began = performance.now();
    const result = await work();
    results.push(result);
    const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `${part}: ${result.passed} passed, ${result.failures.length} failed${skipped} after ${seconds} s`,
    );
  };
  try {
    for (const { part, args } of checks) {
      await run(part, async () => countCheck(part, await runVisibly({ args, env: quietNx, quiet: true })));
    }
    const isE2eAsked = asked.length === 0 || asked.includes('e2e');
    const without = isE2eAsked ? await provideOutsidePrograms((line) => console.log(line)) : [];
    if (isE2eAsked) await provideBrowser();
    const env = { ...process.env, [withoutSetting]: without.join(',') };
    for (const { part, args } of projects) {
      await run(part, () => runJest(part, args, env, join(reports, `${part}.json`)));
    }
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
  if (interrupted.signal.aborted) {
    console.log(`interrupted by ${String(interrupted.signal.reason)}`);
    return 1;
  }
  const { lines, exitStatus } = summarize(results, { inCi: process.env['CI'] === 'true' });
  for (const line of lines) console.log(line);
  return exitStatus;
}

/** Without one the specs that need it fail, each with the same words. */
async function provideBrowser(): Promise<void> {
  try {
    await provideChromium((line) => console.log(line));
  } catch (error) {
    if (!(error instanceof LocalStackError)) throw error;
    console.log(error.message);
  }
}

/** The same command as `npm run test:<part>`, with a report for the count. */
async function runJest(
  part: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  outputFile: string,
): Promise<PartResult> {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = [
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    part,
    '--json',
    '--outputFile',
    outputFile,
  ];
  const status = await runVisibly({ args: [...flags, ...jest, ...args], env, doneFile: outputFile });
  return countJestRun(part, await readReport(outputFile), status);
}

async function readReport(file: string): Promise<JestReport | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JestReport;
  } catch {
    return undefined;
  }
}

process.exit(await main());
