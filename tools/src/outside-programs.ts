import { existsSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { findProgram } from './process/find-program.js';
import { runProgram } from './process/run-program.js';

/** Programs of others that some promises are tested with, and the Debian packages that bring them. */
export const outsidePrograms = {
  kcat: { programs: ['kcat'], package: 'kcat' },
  alertmanager: { programs: ['prometheus-alertmanager', 'alertmanager'], package: 'prometheus-alertmanager' },
} as const satisfies Record<string, { programs: readonly string[]; package: string }>;
export type OutsideProgram = keyof typeof outsidePrograms;

/** The setting that tells specs which programs are missing, so that they skip with the reason. */
export const withoutSetting = 'SIGNALBOX_WITHOUT';

/** The path of an outside program, or undefined. */
export function outsideProgram(name: OutsideProgram): string | undefined {
  return outsidePrograms[name].programs.map((program) => findProgram(program)).find(Boolean);
}

const missing = (): OutsideProgram[] =>
  (Object.keys(outsidePrograms) as OutsideProgram[]).filter((name) => outsideProgram(name) === undefined);

/**
 * Installs what is missing from Debian's packages when that is possible here (root, apt-get).
 * @returns the programs that are still missing.
 */
export async function provideOutsidePrograms(onLine: (line: string) => void): Promise<OutsideProgram[]> {
  const wanted = missing();
  if (wanted.length === 0) return [];
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (isRootOnDebian) await installFromDebian(wanted, onLine);
  else onLine(`${wanted.join(', ')}: not on the PATH, and only root on Debian can install them here`);
  const still = missing();
  if (still.length > 0)
    onLine(`without ${still.join(', ')}: the promises that need them are skipped and counted`);
  return still;
}

async function installFromDebian(
  wanted: readonly OutsideProgram[],
  onLine: (line: string) => void,
): Promise<void> {
  const packages = wanted.map((name) => outsidePrograms[name].package);
  onLine(`installing ${packages.join(', ')} from Debian's packages …`);
  const began = performance.now();
  await withoutStartingServices(async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const update = await runProgram('apt-get', ['update'], { env, timeoutMs: 180_000 });
    const args = ['install', '-y', '--no-install-recommends', ...packages];
    const install = await runProgram('apt-get', args, { env, timeoutMs: 600_000 });
    if (install.status === 0) return onLine(`  done in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    onLine(`  apt-get failed: ${lastLine(install.stderr) || lastLine(update.stderr)}`);
  });
}

/** Debian's packages start their service on installation; policy-rc.d's status 101 forbids that while it is there. */
async function withoutStartingServices(work: () => Promise<void>): Promise<void> {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return work();
  await writeFile(policy, '#!/bin/sh\nexit 101\n');
  await chmod(policy, 0o755);
  try {
    await work();
  } finally {
    await rm(policy, { force: true });
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
