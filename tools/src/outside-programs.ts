import { installFromDebian, isRootOnDebian } from './process/debian-packages.js';
import { findProgram } from './process/find-program.js';

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
  const packages = wanted.map((name) => outsidePrograms[name].package);
  if (isRootOnDebian()) await installFromDebian(packages, onLine);
  else onLine(`${wanted.join(', ')}: not on the PATH, and only root on Debian can install them here`);
  const still = missing();
  if (still.length > 0)
    onLine(`without ${still.join(', ')}: the promises that need them are skipped and counted`);
  return still;
}
