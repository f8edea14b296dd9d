// Jest's global tear-down of the project `int`: ends what jest-engines.mjs started and removes its folder.
import { rm } from 'node:fs/promises';

export default async function stopJestEngines() {
  const started = globalThis.signalboxEngines;
  if (started === undefined) return;
  await started.engines.stop();
  await rm(started.dir, { recursive: true, force: true });
}
