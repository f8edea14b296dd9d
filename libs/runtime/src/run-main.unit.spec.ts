import { EventEmitter } from 'node:events';
import { ConfigError } from './config.js';
import { createLog } from './log.js';
import { runMain, StartError } from './run-main.js';

function standIn() {
  const events = new EventEmitter();
  const exits: number[] = [];
  const errors: string[] = [];
  const lines: { event: string; level: string }[] = [];
  const host = {
    on: (event: string, listener: (reason: unknown) => void) => events.on(event, listener),
    exit: (code: number) => void exits.push(code),
    stderr: { write: (text: string) => void errors.push(text) },
  };
  const log = createLog('gateway', {
    destination: { write: (line) => void lines.push(JSON.parse(line) as never) },
  });
  return {
    events,
    exits,
    errors,
    lines,
    start: (run: () => Promise<unknown>) => runMain('gateway', run, host, log),
  };
}

describe('a process that cannot start', () => {
  it('lists every problem of its settings and exits 1', async () => {
    const { start, exits, errors } = standIn();
    await start(() => Promise.reject(new ConfigError(['ID_KEY is missing.', 'HOST is not valid: x.'])));
    expect(errors.join('')).toBe(
      'gateway cannot start with these settings:\n  ID_KEY is missing.\n  HOST is not valid: x.\n',
    );
    expect(exits).toEqual([1]);
  });

  it('prints the one line that an operator needs', async () => {
    const { start, exits, errors, lines } = standIn();
    await start(() => Promise.reject(new StartError('gateway needs port 8080, which is taken.')));
    expect(errors).toEqual(['gateway needs port 8080, which is taken.\n']);
    expect(lines).toEqual([]);
    expect(exits).toEqual([1]);
  });

  it('logs what only a developer can explain', async () => {
    const { start, exits, lines } = standIn();
    await start(() => Promise.reject(new TypeError('x is undefined')));
    expect(lines).toMatchObject([
      { level: 'fatal', event: 'process.cannot-start', err: { message: 'x is undefined' } },
    ]);
    expect(exits).toEqual([1]);
  });
});

it.each([
  ['unhandledRejection', 'process.unhandled-rejection'],
  ['uncaughtException', 'process.uncaught-exception'],
])('%s ends the process with a fatal line', async (name, event) => {
  const { start, events, exits, lines } = standIn();
  await start(() => Promise.resolve());
  events.emit(name, new Error('nobody caught it'));
  expect(lines).toMatchObject([{ level: 'fatal', event }]);
  expect(exits).toEqual([1]);
});
