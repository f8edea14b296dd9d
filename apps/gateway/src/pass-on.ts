import type { Principal } from '@signalbox/contracts';
import { mintPrincipalToken, ProblemError, type SigningKeys } from '@signalbox/runtime';
import type { Request, Response } from 'express';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';

export interface PassOnTarget {
  /** The process that answers, for the detail of a problem. */
  readonly name: string;
  readonly url: string;
}

export interface Passage {
  readonly target: PassOnTarget;
  /** As findRoute has written it anew. */
  readonly path: string;
  readonly principal: Principal;
  /** The value of the session cookie, for the registry alone: it signs out of it. */
  readonly session?: string;
}

/** The most a service may take until its answer begins, and between two pieces of it, in milliseconds. */
const usualLimitMs = 10_000;

/**
 * What of a request a service gets to see. A list of what passes, not of what does not: nothing that a caller may put
 * on it (Forwarded, X-Forwarded-For, Cookie, X-HTTP-Method-Override, a hop-by-hop field, our own) can be believed there.
 * If-None-Match is absent on purpose: an ETag names the revision that a write is compared with, and more than that moves in
 * what is read (the version with every user), so a 304 would keep from the caller what is new.
 */
const passedFields = [
  'accept',
  'accept-language',
  'idempotency-key',
  'if-match',
  'traceparent',
  'tracestate',
  'user-agent',
] as const;
const bodyFields = ['content-encoding', 'content-length', 'content-type'] as const;

/** RFC 9110 section 7.6.1, and what the connection to the caller decides for itself. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

// A write gets a connection of its own: one kept open may just have been closed by the other side, and then nobody can
// tell whether the write was done. A read is simply asked once more.
const keptOpen = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
const onceOnly = { http: new HttpAgent(), https: new HttpsAgent() };

/**
 * Passes requests on to the service that answers them, with a signed token that says who asks in place of the key. The
 * answer's status, fields and body come back as they are, streamed.
 * @throws ProblemError `service-unavailable` when the service is away, slow, or does not believe our token.
 */
export class PassOn {
  constructor(
    private readonly signingKeys: SigningKeys,
    private readonly cookieName: string,
    private readonly limitMs: number = usualLimitMs,
  ) {}

  async execute(request: Request, response: Response, passage: Passage): Promise<void> {
    const { target, path, principal, session } = passage;
    const token = await mintPrincipalToken(this.signingKeys, principal);
    const url = new URL(path + queryOf(request.originalUrl), target.url);
    const headers = {
      ...passedHeaders(request),
      authorization: `Bearer ${token}`,
      ...(session !== undefined && { cookie: `${this.cookieName}=${session}` }),
      // From the connection and never from the caller's own words; it stands in the history of what is changed.
      ...(request.socket.remoteAddress && { 'x-forwarded-for': request.socket.remoteAddress }),
    };
    const answer = await this.ask(request, response, url, headers).catch((cause: unknown) => {
      if (response.destroyed) return undefined;
      throw away(target, cause);
    });
    if (answer === undefined) return; // The caller is gone: nobody's fault, and nobody to tell.
    if (answer.statusCode === 401) {
      answer.resume();
      throw away(target, new Error(`${target.name} does not believe our token: SIGNING_KEYS differ.`));
    }
    response.statusCode = answer.statusCode ?? 502;
    setFields(response, answer);
    // Half an answer is out: when the rest does not come, pipeline breaks the caller's connection, which says so.
    await pipeline(answer, response).catch(() => undefined);
  }

  private async ask(
    request: Request,
    response: Response,
    url: URL,
    headers: Record<string, string | string[]>,
  ): Promise<IncomingMessage> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    try {
      return await this.askOnce(request, response, url, headers, isRead ? keptOpen : onceOnly);
    } catch (error) {
      if (!isRead || response.destroyed || !isClosedConnection(error)) throw error;
      return this.askOnce(request, response, url, headers, onceOnly);
    }
  }

  private askOnce(
    request: Request,
    response: Response,
    url: URL,
    headers: Record<string, string | string[]>,
    agents: typeof onceOnly,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const isTls = url.protocol === 'https:';
      const send = isTls ? httpsRequest : httpRequest;
      const agent = isTls ? agents.https : agents.http;
      const asked = send(url, { method: request.method, headers, agent }, resolve);
      const limit = setTimeout(() => {
        asked.destroy(new Error(`no answer within ${this.limitMs} ms`));
      }, this.limitMs);
      asked.on('response', () => clearTimeout(limit));
      asked.setTimeout(this.limitMs, () => asked.destroy(new Error(`silent for ${this.limitMs} ms`)));
      asked.on('error', (error) => {
        clearTimeout(limit);
        reject(error);
      });
      response.on('close', () => asked.destroy()); // Nobody waits for the answer any more.
      if (takesBody(request)) request.pipe(asked);
      else asked.end();
    });
  }
}

function passedHeaders(request: Request): Record<string, string | string[]> {
  const fields: readonly string[] = takesBody(request) ? [...passedFields, ...bodyFields] : passedFields;
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    const passes = fields.includes(name) || name.startsWith('ce-');
    if (passes && value !== undefined) headers[name] = value;
  }
  return headers;
}

/**
 * A body of a DELETE would be written to the service without a length, and what it reads next would be the caller's own
 * words taken for a request of ours (request smuggling). No route of that kind has a body.
 */
const takesBody = ({ method }: Request): boolean => ['POST', 'PUT', 'PATCH'].includes(method);

/** The fields as they came, repeats and all; where we have set one of the same name, the service's stands. */
function setFields(response: Response, { headers, rawHeaders }: IncomingMessage): void {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (hopByHop.has(name) || named.includes(name)) continue;
    if (!seen.has(name)) response.removeHeader(name);
    seen.add(name);
    response.appendHeader(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  }
}

/** `?source=…` as it was written, or nothing. */
function queryOf(originalUrl: string): string {
  const at = originalUrl.indexOf('?');
  return at === -1 ? '' : (originalUrl.slice(at).split('#', 1)[0] ?? '');
}

function isClosedConnection(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'EPIPE';
}

function away({ name }: PassOnTarget, cause: unknown): ProblemError {
  return new ProblemError('service-unavailable', `The ${name} does not answer right now. Ask again.`, {
    cause,
  });
}
