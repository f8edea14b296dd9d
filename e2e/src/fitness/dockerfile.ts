import { textOf } from './repository.js';

export interface Stage {
  readonly name: string;
  readonly from: string;
  /** Instructions with their arguments, in order: `['USER', 'node']`. */
  readonly instructions: readonly (readonly [string, string])[];
}

/** The stages of deploy/Dockerfile, by name. Reads what our file uses of the language: no continuation lines, no heredocs. */
export function readDockerfile(): ReadonlyMap<string, Stage> {
  const stages = new Map<string, { name: string; from: string; instructions: [string, string][] }>();
  let current: { name: string; from: string; instructions: [string, string][] } | undefined;
  for (const line of textOf('deploy/Dockerfile').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, instruction = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    if (instruction === 'FROM') {
      const [, from = '', name = ''] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
      current = { name, from, instructions: [] };
      stages.set(name, current);
    } else if (current === undefined || instruction === '') {
      throw new Error(`deploy/Dockerfile: what is "${line}"?`);
    } else {
      current.instructions.push([instruction, rest]);
    }
  }
  return stages;
}

/** All that a stage's image is made of: the instructions of the stages it stands on, then its own. */
export function instructionsOf(name: string, stages = readDockerfile()): (readonly [string, string])[] {
  const stage = stages.get(name);
  if (stage === undefined) return [];
  return [...instructionsOf(stage.from, stages), ...stage.instructions];
}

/** The arguments of all instructions of one sort. */
export const argumentsOf = (name: string, instruction: string): string[] =>
  instructionsOf(name)
    .filter(([sort]) => sort === instruction)
    .map(([, rest]) => rest);

/** The environment that an image gives its process. */
export const environmentOf = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    argumentsOf(name, 'ENV').flatMap((rest) =>
      rest.split(' ').map((pair): [string, string] => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
    ),
  );
