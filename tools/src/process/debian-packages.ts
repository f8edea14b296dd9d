import { existsSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { runProgram } from './run-program.js';

/** Whether packages of Debian's can be installed here without asking anybody. */
export const isRootOnDebian = (): boolean => process.getuid?.() === 0 && existsSync('/etc/debian_version');

/** Installs packages and says so. Whether their programs are there then is for the caller to see. */
export async function installFromDebian(
  packages: readonly string[],
  onLine: (line: string) => void,
): Promise<void> {
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
