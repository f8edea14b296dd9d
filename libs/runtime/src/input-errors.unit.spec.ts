import { Problem } from '@signalbox/contracts';
import { z } from 'zod';
import { parseOrProblem, zodProblem } from './input-errors.js';
import { problemBody, problemHeaders, ProblemError } from './problem.js';

const schema = z.strictObject({
  title: z.string().min(2).max(5),
  severity: z.enum(['info', 'critical']).optional(),
  items: z
    .array(z.object({ email: z.email() }))
    .max(2)
    .optional(),
  at: z.iso.datetime().optional(),
  count: z.number().max(9).optional(),
  zone: z
    .string()
    .refine((zone) => zone === 'UTC', { error: 'is no time zone', params: { code: 'invalid-time-zone' } })
    .optional(),
  ends: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), n: z.number() })]).optional(),
  either: z.union([z.string(), z.object({ a: z.number(), b: z.number() })]).optional(),
});

function problemOf(value: unknown): ProblemError {
  try {
    parseOrProblem(schema, value);
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('what is wrong with an input', () => {
  it.each([
    [{}, '/title', 'required', 'title is required.'],
    [undefined, '', 'required', 'The whole is required.'],
    [{ title: 7 }, '/title', 'wrong-type', 'title must be of type string.'],
    [{ title: null }, '/title', 'wrong-type', 'title must be of type string.'],
    [{ title: 'x' }, '/title', 'too-short', 'title must have at least 2 characters.'],
    [{ title: 'abcdef' }, '/title', 'too-long', 'title must have at most 5 characters.'],
    [{ title: 'abc', more: 1 }, '/more', 'unknown-field', 'more is not a known field.'],
    [{ title: 'abc', severity: 'x' }, '/severity', 'invalid-value', 'severity must be info or critical.'],
    [
      { title: 'abc', items: [{ email: 'x' }] },
      '/items/0/email',
      'invalid-address',
      'items.0.email is not a valid email.',
    ],
    [
      { title: 'abc', items: Array(3).fill({ email: 'a@b.example' }) },
      '/items',
      'too-many',
      'items must have at most 2 items.',
    ],
    [{ title: 'abc', at: 'noon' }, '/at', 'invalid-format', 'at is not a valid datetime.'],
    [{ title: 'abc', count: 10 }, '/count', 'invalid-value', 'count must be at most 9.'],
    [{ title: 'abc', zone: 'x' }, '/zone', 'invalid-time-zone', 'zone is no time zone.'],
    [
      { title: 'abc', ends: { kind: 'z' } },
      '/ends/kind',
      'invalid-value',
      'ends.kind is none of the values that are known here.',
    ],
    [{ title: 'abc', either: { a: 1 } }, '/either/b', 'required', 'either.b is required.'],
  ])('%j: a pointer, a code and a sentence', (value, pointer, code, detail) => {
    const problem = problemOf(value);
    expect(problem.code).toBe('invalid-request');
    expect(problem.errors).toContainEqual({ pointer, code, detail });
  });

  it('is told in full, and never repeats what was sent', () => {
    const problem = problemOf({ title: 7, count: 'hunter2', items: [{ email: 'hunter2' }] });
    expect(problem.errors).toHaveLength(3);
    expect(problem.detail).toMatch(/^The body is not valid in 3 places: title must be of type string\./);
    expect(JSON.stringify(problemBody(problem))).not.toContain('hunter2');
  });

  it('is found by zod’s sentence too when the input was not reported', () => {
    const parsed = schema.safeParse({});
    expect(zodProblem(parsed.error!).errors).toEqual([
      { pointer: '/title', code: 'required', detail: 'title is required.' },
    ]);
  });
});

describe('the body of a problem', () => {
  it('is what contracts say, and extra members cannot change the core ones', () => {
    const problem = new ProblemError('not-known-to-be-accepted', 'Kafka does not answer.', {
      extra: { ids: ['e1'], status: 200 },
    });
    const body = problemBody(problem, '/v1/events');
    expect(Problem.parse(body)).toMatchObject({
      type: 'urn:signalbox:problem:not-known-to-be-accepted',
      status: 503,
      code: 'not-known-to-be-accepted',
      instance: '/v1/events',
      ids: ['e1'],
    });
  });

  it('comes with the headers of its status, unless others are given', () => {
    expect(problemHeaders(new ProblemError('unauthenticated', 'd'))).toEqual({
      'WWW-Authenticate': 'Bearer',
    });
    expect(problemHeaders(new ProblemError('service-unavailable', 'd'))).toEqual({ 'Retry-After': '2' });
    expect(problemHeaders(new ProblemError('too-many-requests', 'd'))).toEqual({ 'Retry-After': '2' });
    expect(
      problemHeaders(new ProblemError('service-unavailable', 'd', { headers: { 'Retry-After': '9' } })),
    ).toEqual({ 'Retry-After': '9' });
    expect(problemHeaders(new ProblemError('not-found', 'd'))).toEqual({});
  });
});

it('is told of a hundred places, and how many more there are', () => {
  const keys = Array.from({ length: 70_000 }, (_, at) => [`key-${at}`, 1] as const);
  const body = problemBody(problemOf({ title: 'abc', ...Object.fromEntries(keys) }));
  expect(body.errors).toHaveLength(101);
  expect(body.errors?.at(-1)).toEqual({
    pointer: '',
    code: 'too-many',
    detail: 'There are 69900 more places that are not valid.',
  });
  expect(body.detail).toMatch(/^The body is not valid in 70000 places: /);
  expect(JSON.stringify(body).length).toBeLessThan(20_000);
});
