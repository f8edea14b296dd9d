import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The text of one of its files. */
export const textOf = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

/** The folders below one of its folders, by name. */
export const foldersIn = (path: string): string[] =>
  readdirSync(`${root}${path}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

const notOurs = new Set(['node_modules', 'dist', 'out-tsc', 'coverage', '.git', '.nx', '.local']);

/** Every file of ours below a folder (the whole checkout when left out), as paths from the root. */
export function filesIn(path = ''): string[] {
  return readdirSync(`${root}${path}`, { withFileTypes: true }).flatMap((entry) => {
    const inside = path === '' ? entry.name : `${path}/${entry.name}`;
    if (notOurs.has(entry.name)) return [];
    return entry.isDirectory() ? filesIn(inside) : [inside];
  });
}

/** The TypeScript files below a folder that run in production. */
export const sourcesIn = (path: string): string[] =>
  filesIn(path).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));

/** What runs as a process of its own: the folders of apps/, but for the portal, which is files that the gateway serves. */
export const appNames = foldersIn('apps').filter((name) => name !== 'portal');
