import { argumentsOf, environmentOf, readDockerfile } from './dockerfile.js';
import { appNames, filesIn, foldersIn, textOf } from './repository.js';
import { settingsOf } from './settings-of-apps.js';

const stages = readDockerfile();
const workspaces = [
  ...foldersIn('libs').map((name) => `libs/${name}`),
  ...foldersIn('apps').map((name) => `apps/${name}`),
];
const targets = [
  ...appNames.map((name) => ({ target: name, folder: `apps/${name}` })),
  { target: 'tools', folder: 'tools' },
];

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}
const manifestOf = (folder: string): Manifest => JSON.parse(textOf(`${folder}/package.json`)) as Manifest;

/** The libs that a workspace needs at run time, those of its libs included. */
function libsOf(folder: string): string[] {
  const own = Object.keys(manifestOf(folder).dependencies ?? {}).flatMap((name) =>
    name.startsWith('@signalbox/') ? [name.replace('@signalbox/', 'libs/')] : [],
  );
  return [...new Set(own.flatMap((lib) => [lib, ...libsOf(lib)]))].sort();
}

/** Built files that an app serves without importing them. */
const served: Readonly<Record<string, readonly string[]>> = { gateway: ['apps/portal'] };

/** The folders whose `dist` a target copies out of the stage that builds. */
const builtFoldersIn = (target: string): string[] =>
  argumentsOf(target, 'COPY')
    .flatMap((rest) => /^--from=build \/app\/(\S+)\/dist (\S+)\/dist$/.exec(rest)?.slice(1) ?? [])
    .filter((_, place) => place % 2 === 0)
    .sort();

describe('deploy/Dockerfile', () => {
  it('gives `npm ci` the manifest of every workspace, and of nothing else', () => {
    const copied = argumentsOf('manifests', 'COPY').flatMap((rest) => rest.split(' ').slice(0, -1));
    const manifests = [...workspaces, 'tools', 'e2e', 'bench'].map((folder) => `${folder}/package.json`);
    expect(copied.sort()).toEqual(['package.json', 'package-lock.json', ...manifests].sort());
  });

  it('takes Node from one pinned image', () => {
    const outside = [...stages.values()].map(({ from }) => from).filter((from) => !stages.has(from));
    expect(outside).toEqual(['node:22-slim']);
  });

  it('leaves out of the context what is made on the machine that builds, and the secrets', () => {
    const ignored = textOf('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['**/node_modules', '**/dist', '.git', '.local', '.env']));
  });

  describe.each(targets)('the target $target', ({ target, folder }) => {
    it('exists', () => {
      expect([...stages.keys()]).toContain(target);
    });

    it('installs the production packages of its workspace alone', () => {
      expect(argumentsOf(`${target}-packages`, 'RUN')).toEqual([
        `npm ci --omit=dev --ignore-scripts --no-audit --no-fund -w ${folder}`,
      ]);
      expect(argumentsOf(target, 'COPY')).toContain(`--from=${target}-packages /app ./`);
    });

    it('holds the built files of its workspace, of the libs that one needs and of what it serves, and no others', () => {
      expect(builtFoldersIn(target)).toEqual([folder, ...libsOf(folder), ...(served[target] ?? [])].sort());
    });

    it('does not run as root', () => {
      expect(argumentsOf(target, 'USER').at(-1)).toBe('node');
    });

    it('starts a file that the sources make', () => {
      const command = JSON.parse(argumentsOf(target, 'CMD').at(-1) ?? '[]') as string[];
      const [program, mapped, file = ''] = command;
      expect([program, mapped]).toEqual(['node', '--enable-source-maps']);
      const source = file.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
      expect(filesIn(folder)).toContain(source);
    });
  });

  describe.each(appNames)('the image of %s', (app) => {
    it('listens where the health check asks, and the container can be reached there', () => {
      const check = argumentsOf(app, 'HEALTHCHECK').join();
      const [, setting = ''] = /CMD \["node", "deploy\/check-health\.mjs", "([A-Z_]+)"\]$/.exec(check) ?? [];
      expect(settingsOf(app)).toContain(setting);
      expect(argumentsOf(app, 'EXPOSE')).toEqual([environmentOf(app)[setting]]);
      expect(environmentOf(app)).toMatchObject({ HOST: '0.0.0.0', NODE_ENV: 'production' });
    });
  });
});
