// Jest's global set-up of the project `int`: real engines on free ports in a temporary folder, once for all its specs.
// They are handed on through KAFKA_BROKERS, MONGO_URL and REDIS_URL; where these are set already, those engines are used.
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const built = new URL('./dist/index.js', import.meta.url);

export default async function startJestEngines() {
  if (!existsSync(built)) {
    throw new Error(
      'tools/dist is missing: run `npm run build` before the integration specs (npm test does).',
    );
  }
  const { startEngines } = await import(built.href);
  const dir = await mkdtemp(join(tmpdir(), 'signalbox-int-'));
  const engines = await startEngines({
    dir,
    ports: 'free',
    onProgress: (line) => process.stderr.write(`  ${line}\n`),
  });
  Object.assign(process.env, engines.environment);
  globalThis.signalboxEngines = { dir, engines };
}
