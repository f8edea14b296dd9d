import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The settings are not usable; each problem is one sentence that names the setting. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

export type Env = Readonly<Record<string, string | undefined>>;

/** Answers a sentence about what production misses, or nothing. `value` is undefined when the setting was left out. */
type ProductionRule = (value: unknown, name: string) => string | undefined;

const secrets = z.registry<{ secret: true }>();
const productionRules = z.registry<{ rule: ProductionRule }>();

/** Marks a setting as secret: it may come from a file (`NAME_FILE`), and no description of the settings shows it. */
export function secret<S extends z.ZodType>(schema: S): S {
  secrets.add(schema, { secret: true });
  return schema;
}

/** Adds what only production demands of a setting, so that it is told together with everything else that is missing. */
export function inProduction<S extends z.ZodType>(schema: S, rule: ProductionRule): S {
  productionRules.add(schema, { rule });
  return schema;
}

/** The rule of settings that have a default elsewhere and must be given in production. */
export const mustBeSet: ProductionRule = (value, name) =>
  value === undefined ? `${name} is missing: production needs it.` : undefined;

/**
 * The one reader of `process.env`. A setting that is empty counts as left out (compose writes `${NAME:-}`).
 * @param schema a zod object whose keys are the settings' names, composed of fragments.
 * @throws ConfigError with every problem at once.
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: Env = process.env): z.output<S> {
  const problems: string[] = [];
  const given: Record<string, string> = {};
  for (const [name, setting] of Object.entries(schema.shape)) {
    const value = readSetting(name, isSecret(setting), env, problems);
    if (value !== undefined) given[name] = value;
  }

  const parsed = schema.safeParse(given, { reportInput: true });
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => sentence(issue, schema)));
  if (env.NODE_ENV === 'production') problems.push(...missingInProduction(schema, given));

  const once = [...new Set(problems)];
  const [first, ...others] = onePerSetting(once);
  if (first !== undefined) throw new ConfigError([first, ...others]);
  return parsed.data as z.output<S>;
}

/** The settings as a person may see them: one `NAME=value` line each, secrets redacted. */
export function describeConfig<S extends z.ZodObject>(schema: S, value: z.output<S>): string {
  const values = value as Record<string, unknown>;
  return Object.entries(schema.shape)
    .map(([name, setting]) => `${name}=${isSecret(setting) ? redacted(values[name]) : shown(values[name])}`)
    .join('\n');
}

function readSetting(name: string, mayBeFile: boolean, env: Env, problems: string[]): string | undefined {
  const direct = env[name] || undefined;
  const file = mayBeFile ? env[`${name}_FILE`] || undefined : undefined;
  if (file === undefined) return direct;
  if (direct !== undefined) {
    problems.push(`${name} and ${name}_FILE are both set: keep one.`);
    return direct;
  }
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text !== '') return text;
    problems.push(`${name}_FILE names an empty file.`);
  } catch (error) {
    problems.push(
      `${name}_FILE names a file that cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
  return undefined;
}

function sentence(issue: z.core.$ZodIssue, schema: z.ZodObject): string {
  const name = String(issue.path[0] ?? 'The settings');
  const setting: unknown = schema.shape[name];
  if (issue.input === undefined && issue.path.length === 1) {
    return isSecret(setting)
      ? `${name} is missing: set it, or set ${name}_FILE to a file that holds it.`
      : `${name} is missing.`;
  }
  return `${name} is not valid: ${issue.message}.`;
}

function missingInProduction(schema: z.ZodObject, given: Record<string, string>): string[] {
  return Object.entries(schema.shape).flatMap(
    ([name, setting]) =>
      layersOf(setting)
        .map((layer) => productionRules.get(layer)?.rule(given[name], name))
        .find(isText) ?? [],
  );
}

/** Missing for the schema and missing for production is one problem: the first sentence about a setting is enough. */
function onePerSetting(problems: readonly string[]): string[] {
  const isMissing = (problem: string) => / is missing/.test(problem);
  const told = new Set<string>();
  return problems.filter((problem) => {
    if (!isMissing(problem)) return true;
    const name = problem.split(' ', 1)[0] ?? '';
    const known = told.has(name) || problems.some((other) => other.startsWith(`${name}_FILE names`));
    told.add(name);
    return !known;
  });
}

function isSecret(setting: unknown): boolean {
  return layersOf(setting).some((layer) => secrets.has(layer));
}

/** A schema and what it wraps: `secret(z.string()).optional()` is a secret too. */
function layersOf(setting: unknown): z.core.$ZodType[] {
  const layers: z.core.$ZodType[] = [];
  let layer: unknown = setting;
  while (layer instanceof z.core.$ZodType) {
    layers.push(layer);
    const definition = layer._zod.def as { innerType?: unknown; in?: unknown };
    layer = definition.innerType ?? definition.in;
  }
  return layers;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const redacted = (value: unknown): string => (value === undefined ? '' : '[redacted]');
const shown = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
