import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';
import { leaveOutDocumentation } from './leave-out-documentation.mjs';

/** Where `npm start` has the gateway. */
const gateway = 'http://127.0.0.1:8080';

/** In place of the gateway, which fills these in per response. */
const fillPlaceholders = {
  name: 'fill-placeholders',
  apply: 'serve',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace('%SIGNALBOX_BASE%', '/').replace('%SIGNALBOX_NONCE%', ''),
  },
};

const fileOfMantine = (path) => createRequire(import.meta.url).resolve(`@mantine/core/${path}`);
const stylesOfMantine = fileOfMantine('styles.css').replace(/\.css$/, '');

/**
 * Every component of Mantine brings its own styles along. All of them are 35 kB compressed, an eighth of what the gate may
 * weigh; this way a page loads those of the components that it shows.
 */
const stylesWithComponents = {
  name: 'styles-with-components',
  apply: 'build',
  transform: {
    filter: { id: /@mantine\/core\/esm\/(?:components|utils)\// },
    handler: (code, id) => {
      const component = /(\w+)\.mjs$/.exec(id)?.[1];
      const styles = `${stylesOfMantine}/${component}.css`;
      return existsSync(styles) ? { code: `import '${styles}';\n${code}`, map: null } : null;
    },
  },
};

/**
 * Mantine's dialog imports its scroll area, and with it a library of floating things, only to see whether it was given it: 16 kB
 * compressed for the gate, which does not give it.
 */
const dialogsWithoutScrollArea = {
  name: 'dialogs-without-scroll-area',
  apply: 'build',
  transform: {
    filter: { id: /@mantine\/core\/esm\/components\/Modal\/ModalRoot\.mjs$/ },
    handler: (code) => {
      const changed = code.replace(
        /import \{ ScrollArea \} from .*/,
        'const ScrollArea = { Autosize: Symbol() };',
      );
      if (changed === code) throw new Error('ModalRoot.mjs no longer imports ScrollArea as it did');
      return { code: changed, map: null };
    },
  },
};

/** The gateway compresses nothing itself: what can be compressed lies beside each file already, as small as it gets. */
const compressAssets = {
  name: 'compress-assets',
  apply: 'build',
  writeBundle: ({ dir }, bundle) => {
    for (const name of Object.keys(bundle).filter((file) => /\.(?:js|css|svg)$/.test(file))) {
      const file = join(dir, name);
      const content = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(content));
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    }
  },
};

/** What several pages need, and neither sign-in nor the gate at first, which are to be there soon. */
const onlyBehindTheGate = [
  /@floating-ui|\/(?:Tooltip|Floating|Code|SimpleGrid)\/|luxon|infinite/i,
  /src\/pages\/(?:overview|events|acknowledge)|src\/pages\/.*\/history\/.*tsx/,
  /src\/pages\/users\/.*(?:row|select|form|panel)|src\/components\/(?:moment|paged-list|confirm-)/,
];

const isNeededSoon = (id) => !onlyBehindTheGate.some((pattern) => pattern.test(id));

export default defineConfig({
  // PUBLIC_URL may have a path, which is not known here: everything is addressed relative to the page's <base>.
  base: './',
  plugins: [
    fillPlaceholders,
    stylesWithComponents,
    dialogsWithoutScrollArea,
    leaveOutDocumentation,
    compressAssets,
  ],
  build: {
    target: 'es2023',
    // Nothing inline: the page's policy would have to allow it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: true,
    rolldownOptions: {
      // A schema that no page reads is left out.
      treeshake: { manualPureFunctions: ['z'] },
      output: {
        codeSplitting: {
          groups: [
            // In one file with zod and before it, wherever else the bundler puts what: see without-eval.ts.
            { name: 'zod', test: /without-eval|node_modules\/zod\//, priority: 2 },
            // Every file costs half a kilobyte of headers, so what most pages need is in one and not in forty.
            { name: 'shared', test: isNeededSoon, minShareCount: 2, priority: 1 },
          ],
        },
      },
      // `use client` is for servers that render, and there is none.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  // The gateway lets nobody but its own origin change anything with a session.
  server: { proxy: { '/v1': { target: gateway, headers: { origin: gateway } } } },
});
