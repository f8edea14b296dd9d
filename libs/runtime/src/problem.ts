import {
  headersOfStatus,
  problemCodes,
  toldErrors,
  type InputError,
  type Problem,
  type ProblemCode,
} from '@signalbox/contracts';

export interface ProblemOptions {
  /** What is wrong with which place of the input. */
  readonly errors?: readonly InputError[];
  /** Further members of the answer (RFC 9457 section 3.2), the ids of a 503 for example. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Headers of the answer; `Retry-After` and `WWW-Authenticate` have defaults, by the table headersOfStatus. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** The one error that may leave a process as an answer. `detail` is for people, in plain words, and leaks nothing. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly errors?: readonly InputError[];
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    { errors, extra, headers, cause }: ProblemOptions = {},
  ) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause });
    if (errors !== undefined) this.errors = toldErrors(errors);
    if (extra !== undefined) this.extra = extra;
    if (headers !== undefined) this.headers = headers;
  }
}

/**
 * The body of the answer (RFC 9457).
 * @param instance a URI reference for this occurrence: the path that was asked for, without its query.
 */
export function problemBody(problem: ProblemError, instance?: string): Problem {
  const { status, title } = problemCodes[problem.code];
  return {
    ...problem.extra,
    type: `urn:signalbox:problem:${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.detail,
    ...(instance === undefined ? {} : { instance }),
    ...(problem.errors === undefined ? {} : { errors: [...problem.errors] }),
  };
}

/** The headers of the answer: what the table gives to its status, unless the problem says it better. */
export function problemHeaders(problem: ProblemError): Record<string, string> {
  const { status } = problemCodes[problem.code];
  const given = Object.entries(headersOfStatus).find(([of]) => Number(of) === status)?.[1];
  return { ...(given && { [given.name]: given.usual }), ...problem.headers };
}
