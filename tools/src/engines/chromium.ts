import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LocalStackError } from '../local-stack-error.js';
import { repositoryRoot } from '../paths.js';
import { installFromDebian, isRootOnDebian } from '../process/debian-packages.js';
import { findProgram } from '../process/find-program.js';
import { runProgram } from '../process/run-program.js';
import { cached } from './cache.js';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const onThePath = (): string | undefined => programs.map((name) => findProgram(name)).find(Boolean);

/**
 * A real browser for the end-to-end specs: the one on the PATH; else Debian's, where root may install it; else the one
 * that playwright-core downloads, into the cache.
 * @returns the program's path.
 * @throws LocalStackError with one line that says what was looked for and what to install.
 */
export async function provideChromium(onLine: (line: string) => void = () => undefined): Promise<string> {
  const found = onThePath();
  if (found !== undefined) return found;
  if (isRootOnDebian()) await installFromDebian(['chromium'], onLine);
  const installed = onThePath();
  if (installed !== undefined) return installed;
  try {
    return await downloaded(onLine);
  } catch (error) {
    throw new LocalStackError('program-missing', missingChromiumMessage((error as Error).message), {
      cause: error,
    });
  }
}

/** One line: what was looked for, why there is none, what to do. */
export const missingChromiumMessage = (why: string): string =>
  `No Chromium: ${programs.join(', ')} are not on the PATH` +
  `${isRootOnDebian() ? ", Debian's package chromium could not be installed" : ''}, and playwright-core could not ` +
  `download one (${why}). Install Chromium or Google Chrome, so that one of these names is on the PATH.`;

const playwright = join(repositoryRoot, 'node_modules', 'playwright-core');

async function downloaded(onLine: (line: string) => void): Promise<string> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(playwright, 'package.json'), 'utf8')));
  const name = `chromium-of-playwright-${version}`;
  const folder = await cached({ name, fill: download, onLine });
  const path = `process.stdout.write(require(${JSON.stringify(playwright)}).chromium.executablePath())`;
  const program = (await runNode(['-e', path], folder)).stdout;
  if (!existsSync(program)) throw new Error(`${program || name} is not there after its download`);
  return program;
}

async function download(folder: string): Promise<void> {
  const { status, stderr } = await runNode(
    [join(playwright, 'cli.js'), 'install', '--no-shell', 'chromium'],
    folder,
  );
  if (status === 0) return;
  const reason = stderr.split('\n').find((line) => /^\s*(?:Error|Failed)/.test(line));
  throw new Error(reason?.trim() ?? `exit status ${status}`);
}

const runNode = (args: readonly string[], folder: string) =>
  runProgram(process.execPath, args, {
    env: { ...process.env, PLAYWRIGHT_BROWSERS_PATH: folder },
    timeoutMs: 15 * 60_000,
  });
