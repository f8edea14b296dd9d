import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. The same from tools/src (Jest) and from tools/dist (the commands). */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Where `npm start` keeps its data, logs and secrets. */
export const localDirectory = join(repositoryRoot, '.local');

/** Where downloaded engines stay, outside every checkout. */
export const cacheDirectory = (): string =>
  process.env['SIGNALBOX_CACHE'] ?? join(homedir(), '.cache', 'signalbox');
