import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached } from './cache.js';

describe('the download cache', () => {
  const before = process.env['SIGNALBOX_CACHE'];
  let dir: string;
  let fetches: number;
  let lines: string[];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'signalbox-cache-'));
    process.env['SIGNALBOX_CACHE'] = dir;
    fetches = 0;
    lines = [];
  });
  afterEach(() => {
    if (before === undefined) delete process.env['SIGNALBOX_CACHE'];
    else process.env['SIGNALBOX_CACHE'] = before;
    rmSync(dir, { recursive: true, force: true });
  });

  const get = (): Promise<string> =>
    cached({
      name: 'engine-1',
      onLine: (line) => lines.push(line),
      fill: (folder) => {
        fetches += 1;
        writeFileSync(join(folder, 'program'), 'the whole program');
        return Promise.resolve();
      },
    });

  it('fetches once', async () => {
    await get();
    await get();
    expect(fetches).toBe(1);
  });

  it('fetches once for two that ask at the same time', async () => {
    await Promise.all([get(), get()]);
    expect(fetches).toBe(1);
  });

  it('notices a file that was cut short, says so, and fetches it again', async () => {
    truncateSync(join(await get(), 'program'), 5);
    expect(readFileSync(join(await get(), 'program'), 'utf8')).toBe('the whole program');
    expect(fetches).toBe(2);
    expect(lines).toContain('engine-1 in the cache is incomplete or damaged: it is fetched again');
  });

  it('notices a file whose bytes were changed', async () => {
    writeFileSync(join(await get(), 'program'), 'the wrong program');
    expect(readFileSync(join(await get(), 'program'), 'utf8')).toBe('the whole program');
  });

  it('removes what an interrupted fetch left', async () => {
    mkdirSync(join(dir, 'engine-1.partial-abcdef'));
    await get();
    expect(readdirSync(dir)).toEqual(['engine-1']);
    expect(lines).toContain('a fetch of engine-1 was interrupted: its half-downloaded files are removed');
  });

  it('takes over the lock of a run that died while fetching', async () => {
    writeFileSync(join(dir, 'engine-1.lock'), JSON.stringify({ pid: 2 ** 22 - 1, startedAt: '1' }));
    await get();
    expect(fetches).toBe(1);
  });

  it('leaves nothing that looks finished when the fetch fails', async () => {
    const failing = cached({
      name: 'engine-2',
      onLine: () => undefined,
      fill: () => Promise.reject(new Error('no network')),
    });
    await expect(failing).rejects.toThrow('no network');
    expect(readdirSync(dir)).not.toContain('engine-2');
    expect(readdirSync(dir)).not.toContain('engine-2.lock');
  });
});
