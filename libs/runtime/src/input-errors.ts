import { inputErrors, toldErrors, type InputError, type ProblemCode } from '@signalbox/contracts';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { ProblemError } from './problem.js';

/** Where the input stood; pointers lead into it. */
export type InputPlace = 'body' | 'query' | 'path' | 'headers';

type Issue = z.core.$ZodIssue;

/** Parses with zod, and answers what is wrong as a problem. @throws ProblemError */
export function parseOrProblem<S extends z.ZodType>(
  schema: S,
  value: unknown,
  where: InputPlace = 'body',
  code: ProblemCode = 'invalid-request',
): z.output<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw zodProblem(parsed.error, where, code);
}

/** A ZodError as a problem: a JSON pointer, a code and a sentence for each place that is wrong. */
export function zodProblem(
  error: { readonly issues: readonly Issue[] },
  where: InputPlace = 'body',
  code: ProblemCode = 'invalid-request',
): ProblemError {
  return invalidInput(code, `The ${where}`, inputErrors(error.issues));
}

/** @param what is not valid, as the beginning of a sentence. */
export function invalidInput(code: ProblemCode, what: string, errors: readonly InputError[]): ProblemError {
  const places = errors.length === 1 ? 'one place' : `${errors.length} places`;
  const details = toldErrors(errors)
    .map(({ detail }) => detail)
    .join(' ');
  return new ProblemError(code, `${what} is not valid in ${places}: ${details}`, { errors });
}

/** For `@Body({ schema })` and `@Query({ schema })`: Nest's own pipe, answering our problems. */
export function inputPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    validateOptions: { reportInput: true },
    exceptionFactory: (issues) => zodProblem({ issues: issues as readonly Issue[] }),
  });
}
