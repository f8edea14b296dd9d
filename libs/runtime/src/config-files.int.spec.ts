import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readConfig } from './config.js';
import { idKey, port } from './config-fragments.js';

describe('a secret in a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signalbox-config-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const schema = z.object({ ...idKey, GATEWAY_PORT: port(8080) });

  it('is read by NAME_FILE, without the line break an editor leaves at its end', async () => {
    await writeFile(join(folder, 'id-key'), `${'k'.repeat(40)}\n`);
    expect(readConfig(schema, { ID_KEY_FILE: join(folder, 'id-key') }).ID_KEY).toBe('k'.repeat(40));
  });

  it('may not be empty', async () => {
    await writeFile(join(folder, 'empty'), '\n');
    expect(() => readConfig(schema, { ID_KEY_FILE: join(folder, 'empty') })).toThrow(
      'ID_KEY_FILE names an empty file.',
    );
  });

  it('is not looked for when the setting is no secret', () => {
    expect(readConfig(schema, { ID_KEY: 'k'.repeat(40), GATEWAY_PORT_FILE: '/nowhere' }).GATEWAY_PORT).toBe(
      8080,
    );
  });
});
