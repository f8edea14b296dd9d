import { join } from 'node:path';
import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import { repositoryRoot } from '../paths.js';
import type { MailStore } from './mail-store.js';
import { message, messagesSummary } from './mailpit-shapes.js';
import { parseSearch } from './search-query.js';
import type { StoredMail } from './stored-mail.js';

/** `unsafe-inline` is for styles alone: mails carry theirs in attributes, and their frame inherits this policy. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src data:',
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const Page = z.object({
  start: z.coerce.number().int().min(0).catch(0),
  limit: z.coerce.number().int().min(0).catch(50),
});
const Ids = z.object({ IDs: z.array(z.string()) });

/** The page, and the part of Mailpit's API that tests and people use. */
export function mailboxApi(store: MailStore): express.Express {
  const api = express();
  api.disable('x-powered-by');
  api.use((_request, response, next) => {
    response.set('Content-Security-Policy', contentSecurityPolicy);
    response.set('X-Content-Type-Options', 'nosniff');
    response.set('Referrer-Policy', 'no-referrer');
    next();
  });

  api.get(['/livez', '/readyz'], (_request, response) => void response.type('text').send('OK'));

  api.get('/api/v1/messages', async (request, response) => {
    response.json(await pageOf(store, store.newestFirst(), request));
  });

  api.get('/api/v1/search', async (request, response) => {
    const query = typeof request.query['query'] === 'string' ? request.query['query'].trim() : '';
    if (query === '') return void response.status(400).type('text').send('Error: no search query');
    response.json(await pageOf(store, await matching(store, query), request));
  });

  api.delete('/api/v1/messages', express.json({ type: () => true, strict: false }), (request, response) => {
    const ids = Ids.safeParse(request.body).data?.IDs ?? [];
    if (ids.length > 0) store.delete(ids);
    else store.clear();
    response.type('text').send('ok');
  });

  api.get('/api/v1/message/:id', async (request, response) => {
    const mail = found(store, request, response);
    if (mail === undefined) return;
    mail.read = true;
    response.json(await message(mail));
  });

  api.get('/api/v1/message/:id/headers', (request, response) => {
    const mail = found(store, request, response);
    if (mail !== undefined) response.json(mail.headers.all);
  });

  api.get('/api/v1/message/:id/raw', (request, response) => {
    const mail = found(store, request, response);
    if (mail !== undefined) response.type('text/plain; charset=utf-8').send(mail.raw);
  });

  api.use(express.static(join(repositoryRoot, 'tools/src/mailbox/page')));
  return api;
}

async function matching(store: MailStore, query: string): Promise<StoredMail[]> {
  const matches = parseSearch(query);
  const mails: StoredMail[] = [];
  for (const mail of store.newestFirst()) if (await matches(mail)) mails.push(mail);
  return mails;
}

function pageOf(store: MailStore, mails: readonly StoredMail[], request: Request): Promise<unknown> {
  const unread = store.newestFirst().filter((mail) => !mail.read).length;
  return messagesSummary({ mails, ...Page.parse(request.query), total: store.size, unread });
}

function found(
  store: MailStore,
  request: Request<{ id: string }>,
  response: Response,
): StoredMail | undefined {
  const mail = store.find(request.params.id);
  if (mail === undefined) response.status(404).type('text').send('Message not found');
  return mail;
}
