import { isPortalPage } from '@signalbox/contracts';
import type { Request, Response } from 'express';
import { randomBytes } from 'node:crypto';
import type { Portal } from './read-portal.js';

/** What the portal's page may do: load what the gateway itself serves, and run no other script and no other style. */
const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Sets the headers of the page. @returns its HTML: the same everywhere, since what it shows its router finds out. */
export function portalPage(portal: Portal, response: Response): string {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Security-Policy', policyWith(nonce));
  return portal.page(nonce);
}

/** Whether it is a person who looks at an address: a browser names HTML, and a program takes whatever comes. */
export const isForPerson = ({ method, path, headers }: Request): boolean =>
  ['GET', 'HEAD'].includes(method) &&
  !/^\/v1(?:\/|$)/.test(path) &&
  headers.accept?.includes('text/html') === true;

/**
 * Answers a person at an address where nothing is: with the page beside it, where only a slash is too much, and else with
 * the portal, which says that there is no such page.
 */
export function answerLost(portal: Portal, request: Request, response: Response): void {
  const withoutSlash = request.path.replace(/\/+$/, '');
  if (isPortalPage(withoutSlash)) {
    // Relative, since PUBLIC_URL may have a path which is not known here.
    const [name] = withoutSlash.split('/').slice(-1);
    const up = '../'.repeat(request.path.length - withoutSlash.length);
    return response.redirect(308, `${up}${name}${new URL(request.url, 'http://here').search}`);
  }
  response.status(404).send(portalPage(portal, response));
}
