import { existsSync } from 'node:fs';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { root } from './repository.js';

// A rule of design that nothing enforces is forgotten in a month. Each of these texts breaks one, in place of a file
// that exists, and must be found by the lint that `npm test` runs.
const eslint = new ESLint({ cwd: root });
/** The same without the rules that need types: what is imported can be told in a fraction of the time. */
const eslintWithoutTypes = new ESLint({
  cwd: root,
  overrideConfig: { files: ['**/*.ts'], ...(tseslint.configs.disableTypeChecked as object) },
});

/** The rules that complain about a text that stands in place of a file's. */
async function rulesBrokenBy(file: string, text: string, linter = eslintWithoutTypes): Promise<string[]> {
  const [result] = await linter.lintText(text, { filePath: `${root}${file}` });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const domain = 'libs/domain/src/routing/ids.ts';
const messaging = 'libs/messaging/src/partition-of.ts';
const queue = 'libs/queue/src/create-redis.ts';
const mails = 'libs/mails/src/render-email.ts';
const contracts = 'libs/contracts/src/words.ts';
const runtime = 'libs/runtime/src/clock.ts';
const gateway = 'apps/gateway/src/clean-text.ts';
const portal = 'apps/portal/src/routes.ts';
const bench = 'bench/src/times-of.ts';
const imports = 'no-restricted-imports';
const properties = 'no-restricted-properties';
const syntax = 'no-restricted-syntax';
const globals = 'no-restricted-globals';
const modules = '@nx/enforce-module-boundaries';

const importing = (what: string): string => `export * from '${what}';\n`;

it('knows the projects: `npm run build` has left their graph, without which Nx skips its rule', () => {
  expect(existsSync(`${root}.nx/workspace-data/project-graph.json`)).toBe(true);
});

describe('lint finds', () => {
  it.each([
    ['a file read by a decision', domain, importing('node:fs'), imports],
    ['the same without the prefix', domain, importing('fs'), imports],
    ['a framework in a decision', domain, importing('@nestjs/common'), imports],
    ['an engine in a decision', domain, importing('mongoose'), imports],
    ['the clock in a decision', domain, 'export const at = Date.now();\n', properties],
    ['the clock as a date', domain, 'export const at = new Date();\n', syntax],
    ['the clock as a text', domain, 'export const at = Date();\n', syntax],
    ['the monotonic clock', domain, 'export const at = performance.now();\n', properties],
    ['chance in a decision', domain, 'export const chance = Math.random();\n', properties],
    ['a setting read by a decision', domain, 'export const { HOME } = process.env;\n', globals],
    ['a decision that asks the network', domain, 'export const asked = fetch;\n', globals],
    ['a decision that waits', domain, 'export const later = setTimeout;\n', globals],
    ['a process in a decision', domain, importing('@signalbox/runtime'), modules],
    ['a rule in an adapter', messaging, importing('@signalbox/domain'), modules],
    ['an adapter in another', queue, importing('@signalbox/persistence'), modules],
    ['an adapter in what mails say', mails, importing('@signalbox/persistence'), modules],
    ['an adapter in the runtime', runtime, importing('@signalbox/messaging'), modules],
    ['anything of ours in the contracts', contracts, importing('@signalbox/domain'), modules],
    ['an app in another', gateway, importing('@signalbox/email-worker'), modules],
    ['an app in another, by its path', gateway, importing('../../email-worker/src/main.js'), modules],
    ['the local stack in an app', gateway, importing('@signalbox/tools'), modules],
    ['a process in the portal', portal, importing('@signalbox/runtime'), modules],
    ['an app in the portal', portal, importing('@signalbox/gateway'), modules],
    ['an app in the benchmark', bench, importing('@signalbox/gateway'), modules],
    ['an adapter in the benchmark', bench, importing('@signalbox/persistence'), modules],
    ['builders for specs in an app', gateway, importing('@signalbox/testing'), modules],
  ])('%s', async (_, file, text, rule) => {
    expect(await rulesBrokenBy(file, text)).toContain(rule);
  });

  it.each([
    ['a promise that nobody waits for', 'Promise.resolve(1);\n', '@typescript-eslint/no-floating-promises'],
    ['an any', 'export const anything: any = 1;\n', '@typescript-eslint/no-explicit-any'],
    [
      'a kind that a switch forgot',
      "export function f(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n      return;\n  }\n}\n",
      '@typescript-eslint/switch-exhaustiveness-check',
    ],
    [
      'a type imported as if it were a value',
      "import { Route } from '@signalbox/contracts';\nexport const path = (route: Route): string => route.path;\n",
      '@typescript-eslint/consistent-type-imports',
    ],
  ])('%s', async (_, text, rule) => {
    expect(await rulesBrokenBy(gateway, text, eslint)).toContain(rule);
  });
});

describe('lint lets pass', () => {
  it.each([
    ['the contracts in a decision', domain, importing('@signalbox/contracts')],
    [
      'an instant that came in as an argument',
      domain,
      'export const at = (now: Date) => new Date(now.getTime() + 1);\n',
    ],
    ['a table in the tool that makes a page of it', 'tools/src/paths.ts', importing('@signalbox/domain')],
    ['the rules in the portal', portal, importing('@signalbox/domain')],
    ['the runtime in an adapter', queue, importing('@signalbox/runtime')],
    ['Node in an adapter', messaging, importing('node:crypto')],
    [
      'all that an app joins',
      gateway,
      ['contracts', 'messaging', 'runtime'].map((lib) => importing(`@signalbox/${lib}`)).join(''),
    ],
    [
      'the builders in a spec',
      'libs/domain/src/routing/decide.unit.spec.ts',
      importing('@signalbox/testing'),
    ],
  ])('%s', async (_, file, text) => {
    expect(await rulesBrokenBy(file, text)).toEqual([]);
  });

  it('a promise that is waited for', async () => {
    expect(await rulesBrokenBy(gateway, 'await Promise.resolve(1);\nexport {};\n', eslint)).toEqual([]);
  });
});
