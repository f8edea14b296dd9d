// `npm run docs`: writes the reference pages that are made of tables.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from './docs/generated-pages.js';
import { repositoryRoot } from './paths.js';

for (const [path, page] of Object.entries(generatedPages)) {
  writeFileSync(join(repositoryRoot, path), page());
  console.log(`wrote ${path}`);
}
