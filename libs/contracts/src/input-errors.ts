import type { z } from 'zod';
import { inputErrorCodes, type InputError, type InputErrorCode } from './problem.js';

type Issue = z.core.$ZodIssue;

/**
 * What zod found, as every answer tells it: a JSON pointer, a code and a sentence for each place that is wrong. The server
 * answers with it and the portal's forms show it, so that both say the same of the same input.
 * @param under the path of what was parsed inside of the whole input, the place in a batch for example.
 */
export function inputErrors(issues: readonly Issue[], under: readonly PropertyKey[] = []): InputError[] {
  return issues.flatMap((issue) => {
    const path = [...under, ...issue.path];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => inputError([...path, key], 'unknown-field', 'is not a known field'));
      case 'invalid_union':
        return unionErrors(issue, path);
      case 'invalid_key':
      case 'invalid_element':
        return inputErrors(issue.issues, path);
      case 'invalid_type':
      case 'invalid_value':
      case 'invalid_format':
      case 'too_small':
      case 'too_big':
      case 'not_multiple_of':
      case 'custom':
        return [inputError(path, codeOf(issue), isMissing(issue) ? 'is required' : predicateOf(issue))];
    }
  });
}

/** More places than anybody mends from one answer; a body of 1 MiB can be wrong in a hundred thousand. */
export const mostErrorsTold = 100;

/** As many as an answer tells; the last one then says how many more there are. */
export function toldErrors<
  E extends { readonly pointer: string; readonly code: string; readonly detail: string },
>(errors: readonly E[]): (E | InputError)[] {
  const more = errors.length - mostErrorsTold;
  if (more <= 0) return [...errors];
  const detail = `There are ${more} more places that are not valid.`;
  return [...errors.slice(0, mostErrorsTold), { pointer: '', code: 'too-many', detail }];
}

/** RFC 6901: the empty text is the whole document; `~` and `/` inside a name are escaped. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What the caller meant to send is the branch of the right type, and of those the one with the fewest issues. */
function unionErrors(issue: Extract<Issue, { code: 'invalid_union' }>, path: PropertyKey[]): InputError[] {
  const distance = (branch: readonly Issue[]) =>
    branch.length + (branch.some(({ path: within }) => within.length === 0) ? 1_000 : 0);
  const [closest] = [...(issue.errors ?? [])].sort((one, other) => distance(one) - distance(other));
  if (closest !== undefined && closest.length > 0) return inputErrors(closest, path);
  return [
    isMissing(issue)
      ? inputError(path, 'required', 'is required')
      : inputError(path, 'invalid-value', 'is none of the values that are known here'),
  ];
}

type SingleIssue = Exclude<
  Issue,
  { code: 'unrecognized_keys' | 'invalid_union' | 'invalid_key' | 'invalid_element' }
>;

function codeOf(issue: SingleIssue): InputErrorCode {
  if (isMissing(issue)) return 'required';
  switch (issue.code) {
    case 'invalid_type':
      return 'wrong-type';
    case 'invalid_value':
    case 'not_multiple_of':
      return 'invalid-value';
    case 'invalid_format':
      return issue.format === 'email' ? 'invalid-address' : 'invalid-format';
    case 'too_small':
      return isCounted(issue.origin) ? 'too-short' : 'invalid-value';
    case 'too_big':
      if (!isCounted(issue.origin)) return 'invalid-value';
      return issue.origin === 'string' ? 'too-long' : 'too-many';
    case 'custom':
      return inputErrorCodes.find((code) => code === issue.params?.code) ?? 'invalid-value';
  }
}

/** zod's own sentences start with a capital ("Invalid input: …"), ours are predicates ("is not a language tag"). */
function predicateOf(issue: SingleIssue): string {
  if (!/^(Invalid|Too|Unrecognized)\b/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `must be of type ${issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'invalid_format':
      return `is not a valid ${issue.format === 'regex' ? 'value' : issue.format}`;
    case 'too_small':
      return `must ${amount(issue.origin, `at least ${issue.minimum}`)}`;
    case 'too_big':
      return `must ${amount(issue.origin, `at most ${issue.maximum}`)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'custom':
      return 'is not valid';
  }
}

function amount(origin: string, bound: string): string {
  if (!isCounted(origin)) return `be ${bound}`;
  return `have ${bound} ${origin === 'string' ? 'characters' : 'items'}`;
}

/** What has a length, as against what has a value. */
function isCounted(origin: string): boolean {
  return ['string', 'array', 'set', 'map', 'file', 'record', 'object'].includes(origin);
}

/** With `reportInput` the issue holds what was there; without it only zod's sentence tells that nothing was. */
function isMissing(issue: Issue): boolean {
  if ('input' in issue) return issue.input === undefined;
  return issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
}

function inputError(path: readonly PropertyKey[], code: InputErrorCode, predicate: string): InputError {
  const place = path.length === 0 ? 'The whole' : path.map(String).join('.');
  const end = predicate.endsWith('?') ? '' : '.';
  return { pointer: jsonPointer(path), code, detail: `${place} ${predicate}${end}` };
}
