import { StartError } from '@signalbox/runtime';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

/** The portal as it was built, ready to be answered with. */
export interface Portal {
  /** @param nonce what the page's own styles and scripts show, so that its policy lets them in. */
  page(nonce: string): string;
  /** Answers with a file of `assets/`, compressed when it can be read so, or goes on to what comes next. */
  readonly assets: ReturnType<typeof sirv>;
}

/** Beside this app, in a checkout as well as in its image: from src/portal as from dist/portal. */
export const builtPortal = fileURLToPath(new URL('../../../portal/dist', import.meta.url));

/** A file's name holds the hash of its content, so that it never changes. */
const forEver = 'public, max-age=31536000, immutable';

/**
 * Reads the portal once; what is not there now is never looked for on the disk later.
 * @param publicUrl PUBLIC_URL, whose path the page's addresses start with.
 * @throws StartError when it is not there or has no place for the path and the nonce.
 */
export function readPortal(folder: string, publicUrl: string): Portal {
  const html = readIndex(folder).replaceAll('%SIGNALBOX_BASE%', () => escapeAttribute(baseOf(publicUrl)));
  return {
    page: (nonce) => html.replaceAll('%SIGNALBOX_NONCE%', () => escapeAttribute(nonce)),
    assets: sirv(folder, {
      gzip: true,
      brotli: true,
      extensions: [],
      setHeaders: (response) => response.setHeader('Cache-Control', forEver),
    }),
  };
}

function readIndex(folder: string): string {
  const file = join(folder, 'index.html');
  const html = textOf(file);
  if (html === undefined) {
    throw new StartError(`The portal is not built: ${file} is missing. \`npm run build\` makes it.`);
  }
  for (const place of ['%SIGNALBOX_BASE%', '%SIGNALBOX_NONCE%']) {
    if (!html.includes(place)) throw new StartError(`${file} is no portal of ours: it has no ${place}.`);
  }
  return html;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** With a slash at its end, or a browser would take the last part for a file's name. */
const baseOf = (publicUrl: string): string => `${new URL(publicUrl).pathname.replace(/\/+$/, '')}/`;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
const escapeAttribute = (text: string): string => text.replace(/[&"<>]/g, (mark) => escapes[mark] ?? '');
