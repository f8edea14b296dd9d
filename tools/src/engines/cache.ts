import { createHash } from 'node:crypto';
import { createReadStream, existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { LocalStackError } from '../local-stack-error.js';
import { cacheDirectory } from '../paths.js';
import { identityOf, isAlive } from '../process/process-identity.js';
import { until } from '../process/until.js';

export interface CacheEntry {
  /** The folder's name: what it holds and its version. */
  readonly name: string;
  /** Puts the files into an empty folder. */
  readonly fill: (folder: string) => Promise<void>;
  readonly onLine: (line: string) => void;
}

const manifestName = 'manifest.json';
const Manifest = z.record(z.string(), z.object({ size: z.int(), sha256: z.string() }));
type Manifest = z.infer<typeof Manifest>;

/**
 * The folder of a download, complete and unharmed: filled once in a folder beside it and renamed, so that a fetch
 * that was interrupted never looks finished; checked against the hashes noted then at each use.
 */
export async function cached(entry: CacheEntry): Promise<string> {
  const folder = join(cacheDirectory(), entry.name);
  if (await isWhole(folder)) return folder;
  await mkdir(cacheDirectory(), { recursive: true });
  const unlock = await lock(entry);
  try {
    if (!(await isWhole(folder))) await fetchInto(folder, entry);
    return folder;
  } finally {
    unlock();
  }
}

async function fetchInto(folder: string, { name, fill, onLine }: CacheEntry): Promise<void> {
  const began = performance.now();
  await removeHalfDone(folder, name, onLine);
  const partial = await mkdtemp(`${folder}.partial-`);
  onLine(`fetching ${name} into ${cacheDirectory()} …`);
  await fill(partial);
  await writeFile(join(partial, manifestName), JSON.stringify(await describe(partial)));
  await rename(partial, folder);
  onLine(`fetched ${name} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

async function removeHalfDone(folder: string, name: string, onLine: CacheEntry['onLine']): Promise<void> {
  if (existsSync(folder)) {
    onLine(`${name} in the cache is incomplete or damaged: it is fetched again`);
    await rm(folder, { recursive: true, force: true });
  }
  const halves = (await readdir(cacheDirectory())).filter((entry) => entry.startsWith(`${name}.partial-`));
  if (halves.length > 0) onLine(`a fetch of ${name} was interrupted: its half-downloaded files are removed`);
  for (const half of halves) await rm(join(cacheDirectory(), half), { recursive: true, force: true });
}

/** Whether every file noted in the manifest is there with its size and hash. */
export async function isWhole(folder: string): Promise<boolean> {
  try {
    const manifest = Manifest.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
    const checks = Object.entries(manifest).map(async ([file, noted]) => {
      const path = join(folder, file);
      return (await stat(path)).size === noted.size && (await sha256(path)) === noted.sha256;
    });
    return (await Promise.all(checks)).every(Boolean);
  } catch {
    return false;
  }
}

async function describe(folder: string): Promise<Manifest> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const manifest: Manifest = {};
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    manifest[path.slice(folder.length + 1)] = { size: (await stat(path)).size, sha256: await sha256(path) };
  }
  return manifest;
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}

/** One fetch at a time on this machine. A lock whose owner has died is taken over. */
async function lock({ name, onLine }: CacheEntry): Promise<() => void> {
  const path = join(cacheDirectory(), `${name}.lock`);
  let told = false;
  const held = await until(
    async () => {
      if (await claim(path)) return true;
      if (await ownerIsGone(path)) rmSync(path, { force: true });
      else if (!told) {
        told = true;
        onLine(`another run is fetching ${name}: waiting for it`);
      }
      return false;
    },
    { withinMs: 15 * 60_000, everyMs: 200 },
  );
  if (held !== true) {
    throw new LocalStackError(
      'download-failed',
      `Another run has held ${path} for 15 minutes: delete it if none is fetching.`,
    );
  }
  return () => rmSync(path, { force: true });
}

async function claim(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(JSON.stringify(identityOf(process.pid)));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

const Owner = z.object({ pid: z.int(), startedAt: z.string() });

async function ownerIsGone(path: string): Promise<boolean> {
  try {
    const owner = Owner.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return owner.success && !isAlive(owner.data);
  } catch {
    // Just being written by its owner, or empty because the owner died while writing it.
    return Date.now() - (await stat(path)).mtimeMs > 10_000;
  }
}
