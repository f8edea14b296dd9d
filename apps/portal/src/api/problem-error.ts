import { problemCodes, type InputError, type Problem, type ProblemCode } from '@signalbox/contracts';

/** What the API answered in place of what was asked for. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  /** What is wrong with the input, place by place. */
  readonly errors: readonly InputError[];

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.code = problem.code;
    this.errors = problem.errors ?? [];
  }
}

/** Nobody answered, or not in words that this page understands: the network, a proxy, a stack that is starting. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

export const hasCode = (error: unknown, code: ProblemCode): error is ProblemError =>
  error instanceof ProblemError && error.code === code;

/** Whether asking again unchanged can help. */
export const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ProblemError ? problemCodes[error.code].retry : error instanceof NoAnswerError;

/** Whether it is an answer of the API that stays the same however often it is asked for. */
export const isFinalAnswer = (error: unknown): boolean =>
  error instanceof ProblemError && !isWorthRetrying(error);

/** Whether it is an answer that a page shows, and no fault of the page. */
export const isShown = (error: unknown): boolean =>
  error instanceof ProblemError || error instanceof NoAnswerError;
