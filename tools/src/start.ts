// `npm start`: the local stack in the foreground, until Ctrl-C.
import { LocalStackError } from './local-stack-error.js';
import { readyPage } from './stack/ready-page.js';
import { startStack } from './stack.js';

const began = performance.now();
const stopping = new AbortController();

async function main(): Promise<number> {
  const asked = new Promise<NodeJS.Signals | 'disconnect'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    // tools/run.mjs was killed outright: nobody would ever tell us to stop.
    process.on('disconnect', () => resolve('disconnect'));
  });
  void asked.then((why) =>
    stopping.abort(new LocalStackError('step-failed', `stopped by ${why} while starting`)),
  );

  let gaveUp: (reason: string) => void = () => undefined;
  const hopeless = new Promise<string>((resolve) => (gaveUp = resolve));
  const stack = await startStack({
    restart: true,
    onLine: (line) => console.log(line),
    onGiveUp: gaveUp,
    signal: stopping.signal,
  });
  console.log(
    readyPage(stack.file(), stack.environment['PUBLIC_URL'] ?? stack.gateway, performance.now() - began),
  );

  const end = await Promise.race([
    asked.then(() => 'asked' as const),
    hopeless.then(() => 'hopeless' as const),
  ]);
  if (end === 'hopeless') return 1;
  console.log('stopping …');
  await stack.stop();
  console.log('stopped; the data stay in .local');
  return 0;
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof LocalStackError ? error.message : error);
  process.exit(1);
}
