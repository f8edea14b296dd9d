import { LocalStackError } from '../local-stack-error.js';
import { engineSettings, type Engine, type EngineName } from './engine.js';

/** An engine that somebody named in a setting: used as it is, never started, stopped or paused by us. */
export function givenEngine(name: EngineName, address: string): Engine {
  const refuse = (): Promise<never> =>
    Promise.reject(
      new LocalStackError(
        'cannot-do-this-here',
        `${name} was given by ${engineSettings[name]} (not started here), so it is not stopped or paused here.`,
      ),
    );
  return {
    name,
    description: 'given',
    address,
    pid: undefined,
    start: refuse,
    stop: refuse,
    pause: refuse,
    resume: refuse,
    onUnaskedEnd: () => undefined,
  };
}
