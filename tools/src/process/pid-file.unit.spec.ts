import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLeftover, writePidFile } from './pid-file.js';
import type { ProcessIdentity } from './process-identity.js';

const child = { pid: 4711, startedAt: '100' };
const parent = { pid: 4700, startedAt: '90' };
const written = JSON.stringify({ ...child, parent });

describe('what a pid file left behind says', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'signalbox-pid-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const leftover = (content: string, living: readonly ProcessIdentity[]) => {
    const file = join(dir, 'kafka.pid');
    writeFileSync(file, content);
    return readLeftover(file, ({ pid, startedAt }) =>
      living.some((each) => each.pid === pid && each.startedAt === startedAt),
    );
  };

  it.each([
    ['nothing lives: the process is gone', written, [], { state: 'gone', pid: 4711 }],
    [
      'the process lives without who started it: an orphan',
      written,
      [child],
      { state: 'orphan', process: child },
    ],
    ['both live: in use', written, [child, parent], { state: 'in-use', process: child, parent }],
    [
      'its pid was given to another program: gone, and that program is left alone',
      written,
      [{ pid: 4711, startedAt: '5000' }],
      { state: 'gone', pid: 4711 },
    ],
    ['half a file names nobody', '{"pid": 47', [child], { state: 'gone', pid: undefined }],
    [
      'a pid that would be everybody names nobody',
      '{"pid":-1,"startedAt":"1"}',
      [],
      { state: 'gone', pid: undefined },
    ],
  ] as const)('%s', (_name, content, living, expected) => {
    expect(leftover(content, living)).toEqual(expected);
  });

  it('is none when there is no file', () => {
    expect(readLeftover(join(dir, 'none.pid'))).toEqual({ state: 'none' });
  });

  it('knows a process that runs, by its pid and its start', () => {
    const file = join(dir, 'self.pid');
    writePidFile(file, process.pid);
    expect(readLeftover(file)).toMatchObject({ state: 'in-use', process: { pid: process.pid } });
  });
});
