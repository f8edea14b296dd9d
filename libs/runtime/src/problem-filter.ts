import type { ArgumentsHost, ExceptionFilter, HttpException } from '@nestjs/common';
import { problemCodes, type ProblemCode } from '@signalbox/contracts';
import type { Request, Response } from 'express';
import { allowedMethods } from './allowed-methods.js';
import type { Log } from './log.js';
import { ProblemError, problemBody, problemHeaders } from './problem.js';

/**
 * Answers every error of an HTTP request as application/problem+json (RFC 9457). A fault of ours is logged at ERROR with
 * its cause, a fault of theirs is not logged: it is their answer, and a wrong key sent in a loop must not wake anybody.
 */
export function problemFilter(log: Log): ExceptionFilter {
  return {
    catch(error: unknown, host: ArgumentsHost): void {
      if (host.getType() !== 'http') throw error; // Consumers decide themselves what a failure means.
      const request = host.switchToHttp().getRequest<Request>();
      const response = host.switchToHttp().getResponse<Response>();
      const problem = toProblem(error, request);
      logFaultOfOurs(log, problem, error, request);
      answerProblem(response, problem, pathOf(request));
    },
  };
}

/** Writes the answer; for Express middleware that answers before Nest is reached. */
export function answerProblem(response: Response, problem: ProblemError, instance?: string): void {
  if (response.headersSent) {
    response.destroy(); // Half an answer is out: a broken connection is the only way left to say that it failed.
    return;
  }
  response
    .status(problemCodes[problem.code].status)
    .set(problemHeaders(problem))
    .set('Content-Type', 'application/problem+json; charset=utf-8')
    // Another's account answers to the byte as one that is not there, so what was asked for is not repeated.
    .send(JSON.stringify(problemBody(problem, problem.code === 'not-found' ? undefined : instance)));
}

/** What Nest, Express and their middleware throw, by HTTP status; what is not listed is a fault of ours. */
const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  422: 'invalid-request',
  503: 'service-unavailable',
};

/** Any error as a problem. What is not known to be harmless becomes `internal-error` and says nothing about itself. */
export function toProblem(error: unknown, request?: Request): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = codeOfStatus[statusOf(error) ?? 0];
  if (code === undefined) {
    return new ProblemError('internal-error', 'Something broke on our side. It is in our log.', {
      cause: error,
    });
  }
  if (code === 'not-found' && request !== undefined && request.route === undefined)
    return noRoute(request, error);
  return new ProblemError(code, `${problemCodes[code].title}.`, { cause: error });
}

/** Express knows no 405: where another method would have matched, the address exists (RFC 9110 section 15.5.6). */
function noRoute(request: Request, cause: unknown): ProblemError {
  const methods = allowedMethods(request);
  if (methods.length === 0) {
    return new ProblemError('not-found', `There is nothing at ${pathOf(request)}.`, { cause });
  }
  const allow = methods.join(', ');
  return new ProblemError('method-not-allowed', `${pathOf(request)} takes ${allow}.`, {
    headers: { Allow: allow },
    cause,
  });
}

/** By shape and not by class: Nest's HttpException has getStatus(), http-errors have `status` and `expose`. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('getStatus' in error) return Number((error as HttpException).getStatus());
  if ('expose' in error && 'status' in error) return Number(error.status);
  return undefined;
}

function logFaultOfOurs(log: Log, problem: ProblemError, error: unknown, request: Request): void {
  if (problemCodes[problem.code].fault !== 'ours') return;
  const fields = {
    event: 'request.failed',
    code: problem.code,
    method: request.method,
    path: pathOf(request),
  };
  log.error({ ...fields, err: error }, 'request.failed');
}

/** Without the query: it may hold what does not belong in a log or an answer. */
function pathOf(request: Request): string {
  return request.originalUrl.split('?', 1)[0] ?? request.originalUrl;
}
