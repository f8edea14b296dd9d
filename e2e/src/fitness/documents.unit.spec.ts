import { existsSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { decisionNotes, eventKinds } from '@signalbox/contracts';
import { metricDefinitions } from '@signalbox/runtime';
import { appNames, filesIn, root, sourcesIn, textOf } from './repository.js';
import { settingsOfAllApps } from './settings-of-apps.js';

const documents = filesIn().filter((file) => file.endsWith('.md'));
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Readonly<Record<string, string>> };

/** The anchors that a document's headings have on a Git host: lower case, hyphens for spaces, the rest dropped. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe.each(documents)('the document %s', (file) => {
  const text = textOf(file);

  it('links to what is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#', 2);
      const target = path === '' ? file : normalize(`${dirname(file)}/${path}`);
      if (!existsSync(`${root}${target}`)) return true;
      return anchor !== undefined && !anchorsOf(textOf(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names files and folders that are there', () => {
    const named = [...text.matchAll(/`((?:apps|libs|tools|e2e|deploy|docs)\/[\w./-]*)`/g)].map(
      ([, path = '']) => path,
    );
    expect(named.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
  });

  it('gives commands that package.json has', () => {
    const commands = [...text.matchAll(/\bnpm (?:run ([\w:]+)|(start|test)\b)/g)].map(
      ([, script, short]) => script ?? short ?? '',
    );
    expect(commands.filter((command) => scripts[command] === undefined)).toEqual([]);
  });
});

describe('the README', () => {
  const readme = textOf('README.md');

  it('tells of every setting of every app', () => {
    const missing = [...settingsOfAllApps()].filter((name) => !readme.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  it('tells of every app and every kind of event', () => {
    for (const name of [...appNames, ...eventKinds]) expect(readme).toContain(`\`${name}\``);
  });

  it('tells of every command that a person calls', () => {
    for (const name of Object.keys(scripts)) {
      expect(readme).toMatch(new RegExp(`npm (run )?${name}\\b`));
    }
  });
});

describe('docs/operations.md', () => {
  const rows = [...textOf('docs/operations.md').matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name);

  it('tells of every alarm', () => {
    const named = sourcesIn('apps').flatMap((file) =>
      [...textOf(file).matchAll(/alarm: '([\w-]+)'/g)].map(([, alarm = '']) => alarm),
    );
    expect(rows).toEqual(expect.arrayContaining([...decisionNotes, ...named]));
  });

  it('tells of every metric', () => {
    expect(rows).toEqual(expect.arrayContaining(Object.keys(metricDefinitions)));
  });
});

describe('everything that is checked in', () => {
  // Put together here, so that this file does not find itself.
  const forbidden = [
    ...['home', 'Users', 'root', 'work'].map((folder) => `/${folder}/`),
    ...['registry.npmjs', 'pypi', 'files.pythonhosted', 'repo1.maven'].map((host) => `${host}.org`),
  ];
  // What a lockfile names is checked by npm; the Compose schema is another project's.
  const others = ['package-lock.json', 'e2e/src/fitness/compose-spec.json'];

  it('names no folder of one machine and no host of a package registry', () => {
    const found = filesIn()
      .filter((file) => !others.includes(file))
      .flatMap((file) => {
        const text = textOf(file);
        return forbidden
          .filter((words) => new RegExp(`(^|[^\\w.])${words.replaceAll('.', '\\.')}`, 'm').test(text))
          .map((words) => `${file}: ${words}`);
      });
    expect(found).toEqual([]);
  });
});
