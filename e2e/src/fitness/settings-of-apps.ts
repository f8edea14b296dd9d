import * as runtime from '@signalbox/runtime';
import { appNames, sourcesIn, textOf } from './repository.js';

/** The names of the settings that an app's schema takes. Read from its text, because nothing may import an app. */
export function settingsOf(app: string): ReadonlySet<string> {
  const file = sourcesIn(`apps/${app}/src`).find((path) => path.endsWith('-config.ts'));
  if (file === undefined) throw new Error(`apps/${app} has no file that ends with -config.ts`);
  const text = textOf(file);
  const own = [...text.matchAll(/^ {2,4}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => String(name));
  const shared = [...text.matchAll(/^ {2,4}\.\.\.(\w+),$/gm)].flatMap(([, name]) =>
    Object.keys(fragmentNamed(String(name))),
  );
  return new Set([...shared, ...own]);
}

/** What `...kafkaConfig` in a schema stands for. */
function fragmentNamed(name: string): object {
  const fragment = (runtime as Readonly<Record<string, unknown>>)[name];
  if (typeof fragment === 'object' && fragment !== null) return fragment;
  throw new Error(`@signalbox/runtime exports no settings named ${name}`);
}

/** Every setting of every app. */
export const settingsOfAllApps = (): ReadonlySet<string> =>
  new Set(appNames.flatMap((app) => [...settingsOf(app)]));
