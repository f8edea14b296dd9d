import { Problem, routes } from '@signalbox/contracts';
import type { z } from 'zod';
import { baseUrl } from '../served-page.js';
import { NoAnswerError, ProblemError } from './problem-error.js';

type Row = (typeof routes)[number];
/** A row of the table of routes, by method and path, for example `GET /v1/session`. */
export type RouteName = { [R in Row as `${R['method']} ${R['path']}`]: R };
type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamsOf<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type Part<R, Key extends string> = R extends Record<Key, infer S extends z.ZodType> ? S : never;
type AnswerOf<R> = [Part<R, 'answer'>] extends [never] ? undefined : z.output<Part<R, 'answer'>>;

export type Asked<R extends Row> = ([ParamsOf<R['path']>] extends [never]
  ? unknown
  : { readonly params: Readonly<Record<ParamsOf<R['path']>, string>> }) &
  ([Part<R, 'query'>] extends [never] ? unknown : { readonly query?: z.input<Part<R, 'query'>> }) &
  ([Part<R, 'body'>] extends [never] ? unknown : { readonly body: z.input<Part<R, 'body'>> }) &
  (R extends { readonly ifMatch: true } ? { readonly ifMatch: string } : unknown);

export interface Answered<T> {
  readonly body: T;
  /** The revision, for If-Match. */
  readonly etag: string;
}

interface AnyAsked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
}

/**
 * Makes one call of the table of routes.
 * @param name for example `GET /v1/accounts/:account/users`.
 * @returns the answer, as its schema of contracts reads it.
 * @throws ProblemError for what the API refuses, NoAnswerError when nobody answers.
 */
export async function call<Name extends keyof RouteName>(
  name: Name,
  asked: Asked<RouteName[Name]>,
): Promise<Answered<AnswerOf<RouteName[Name]>>> {
  const row = routes.find(({ method, path }) => `${method} ${path}` === name);
  if (row === undefined) throw new Error(`${name} is no route`);
  const response = await send(row, asked as AnyAsked);
  const body = await bodyOf(response);
  if (!response.ok) throw problemIn(body);
  return {
    body: ('answer' in row ? row.answer.parse(body) : undefined) as AnswerOf<RouteName[Name]>,
    etag: response.headers.get('etag') ?? '',
  };
}

async function send(
  { method, path }: Row,
  { params = {}, query = {}, body, ifMatch }: AnyAsked,
): Promise<Response> {
  const url = new URL(pathOf(path, params).slice(1), baseUrl);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  try {
    return await fetch(url, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new NoAnswerError('Nobody answered.', { cause });
  }
}

/** The path with each parameter's value in its place. */
export const pathOf = (template: string, params: Readonly<Record<string, string>>): string =>
  template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch (cause) {
    throw new NoAnswerError('The answer is not JSON.', { cause });
  }
}

function problemIn(body: unknown): Error {
  const problem = Problem.safeParse(body);
  return problem.success
    ? new ProblemError(problem.data)
    : new NoAnswerError('The answer is no problem of ours.');
}
