import { inputErrors, type ProblemCode } from '@signalbox/contracts';
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
  const errors = inputErrors(error.issues);
  const places = errors.length === 1 ? 'one place' : `${errors.length} places`;
  return new ProblemError(
    code,
    `The ${where} is not valid in ${places}: ${errors.map(({ detail }) => detail).join(' ')}`,
    {
      errors,
    },
  );
}

/** For `@Body({ schema })` and `@Query({ schema })`: Nest's own pipe, answering our problems. */
export function inputPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    validateOptions: { reportInput: true },
    exceptionFactory: (issues) => zodProblem({ issues: issues as readonly Issue[] }),
  });
}
