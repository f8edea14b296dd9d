import { z } from 'zod';

/**
 * Every code a problem answer can carry (RFC 9457), with its HTTP status and whether asking again unchanged can help.
 * `fault` says whose it is: a fault of ours is never shown as a fault of theirs.
 */
export const problemCodes = {
  'malformed-json': { status: 400, title: 'The body is not JSON', retry: false, fault: 'theirs' },
  'invalid-request': { status: 400, title: 'The request is not valid', retry: false, fault: 'theirs' },
  'invalid-event': { status: 400, title: 'The event is not valid', retry: false, fault: 'theirs' },
  'invalid-contact-information': {
    status: 422,
    title: 'The contact information is not valid',
    retry: false,
    fault: 'theirs',
  },
  unauthenticated: { status: 401, title: 'Sign in or send an API key', retry: false, fault: 'theirs' },
  forbidden: { status: 403, title: 'You may not do that', retry: false, fault: 'theirs' },
  'contact-information-required': {
    status: 403,
    title: 'Required contact information is missing',
    retry: false,
    fault: 'theirs',
  },
  'cross-site-request': {
    status: 403,
    title: 'Another site sent this request',
    retry: false,
    fault: 'theirs',
  },
  'not-found': { status: 404, title: 'There is no such thing', retry: false, fault: 'theirs' },
  'invitation-unknown': {
    status: 404,
    title: 'There is no such invitation',
    retry: false,
    fault: 'theirs',
  },
  'sign-in-link-unknown': {
    status: 404,
    title: 'There is no such sign-in link',
    retry: false,
    fault: 'theirs',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    retry: false,
    fault: 'theirs',
  },
  'account-exists': { status: 409, title: 'The account exists already', retry: false, fault: 'theirs' },
  'last-admin': {
    status: 409,
    title: 'An account keeps one admin at least',
    retry: false,
    fault: 'theirs',
  },
  'last-operator': {
    status: 409,
    title: 'The platform keeps one operator at least',
    retry: false,
    fault: 'theirs',
  },
  'staff-exists': {
    status: 409,
    title: 'Somebody of the platform has this address',
    retry: false,
    fault: 'theirs',
  },
  'user-exists': { status: 409, title: 'The user exists already', retry: false, fault: 'theirs' },
  'api-key-revoked': { status: 409, title: 'The API key was revoked', retry: false, fault: 'theirs' },
  'ambiguous-event-id': {
    status: 409,
    title: 'More than one source used this id',
    retry: false,
    fault: 'theirs',
  },
  'contact-information-incomplete': {
    status: 409,
    title: 'Required contact information is missing',
    retry: false,
    fault: 'theirs',
  },
  'integration-type-change-unconfirmed': {
    status: 409,
    title: 'Changing the integration type would take something away',
    retry: false,
    fault: 'theirs',
  },
  'invitation-accepted': {
    status: 410,
    title: 'This invitation was accepted already',
    retry: false,
    fault: 'theirs',
  },
  'invitation-revoked': {
    status: 410,
    title: 'This invitation was taken back',
    retry: false,
    fault: 'theirs',
  },
  'invitation-expired': {
    status: 410,
    title: 'This invitation has run out',
    retry: false,
    fault: 'theirs',
  },
  'sign-in-link-used': {
    status: 410,
    title: 'This sign-in link was used already',
    retry: false,
    fault: 'theirs',
  },
  'sign-in-link-expired': {
    status: 410,
    title: 'This sign-in link has run out',
    retry: false,
    fault: 'theirs',
  },
  'revision-is-stale': {
    status: 412,
    title: 'Somebody else has saved meanwhile',
    retry: false,
    fault: 'theirs',
  },
  'body-too-large': { status: 413, title: 'The body is too large', retry: false, fault: 'theirs' },
  'field-is-empty': { status: 409, title: 'Nobody is in this field', retry: false, fault: 'theirs' },
  'acknowledgement-link-unknown': {
    status: 404,
    title: 'There is no such link',
    retry: false,
    fault: 'theirs',
  },
  'acknowledgement-link-expired': {
    status: 410,
    title: 'This link has run out',
    retry: false,
    fault: 'theirs',
  },
  'not-replayable': {
    status: 409,
    title: 'This dead letter cannot be replayed',
    retry: false,
    fault: 'theirs',
  },
  'dead-letter-replayed': {
    status: 409,
    title: 'This dead letter was replayed',
    retry: false,
    fault: 'theirs',
  },
  'preview-unknown': { status: 404, title: 'There is no such preview', retry: false, fault: 'theirs' },
  'preview-differs': {
    status: 409,
    title: 'This is not what was previewed',
    retry: false,
    fault: 'theirs',
  },
  'recipients-changed': {
    status: 409,
    title: 'Others would be told than in the preview',
    retry: false,
    fault: 'theirs',
  },
  'not-published-yet': { status: 409, title: 'It is still being published', retry: true, fault: 'ours' },
  'mailing-is-over': { status: 409, title: 'Nothing of it is left', retry: false, fault: 'theirs' },
  'preview-expired': { status: 410, title: 'The preview has run out', retry: false, fault: 'theirs' },
  'confirmation-link-unknown': {
    status: 404,
    title: 'There is no such confirmation link',
    retry: false,
    fault: 'theirs',
  },
  'confirmation-link-used': {
    status: 410,
    title: 'This confirmation link was used already',
    retry: false,
    fault: 'theirs',
  },
  'confirmation-link-expired': {
    status: 410,
    title: 'This confirmation link has run out',
    retry: false,
    fault: 'theirs',
  },
  'address-not-in-use': {
    status: 410,
    title: 'This address is not in use any more',
    retry: false,
    fault: 'theirs',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'This media type is not taken here',
    retry: false,
    fault: 'theirs',
  },
  'if-match-required': { status: 428, title: 'If-Match is required', retry: false, fault: 'theirs' },
  'too-many-requests': { status: 429, title: 'That was asked for too often', retry: true, fault: 'theirs' },
  'internal-error': { status: 500, title: 'Something broke on our side', retry: true, fault: 'ours' },
  'not-known-to-be-accepted': {
    status: 503,
    title: 'The events are not known to be accepted',
    retry: true,
    fault: 'ours',
  },
  'key-not-checkable': {
    status: 503,
    title: 'The key cannot be checked right now',
    retry: true,
    fault: 'ours',
  },
  'session-not-checkable': {
    status: 503,
    title: 'The session cannot be checked right now',
    retry: true,
    fault: 'ours',
  },
  'service-unavailable': {
    status: 503,
    title: 'A part of Signalbox does not answer',
    retry: true,
    fault: 'ours',
  },
} as const satisfies Record<
  string,
  { status: number; title: string; retry: boolean; fault: 'ours' | 'theirs' }
>;

/**
 * The headers that every problem of a status carries (RFC 9110), each with what stands in it unless the problem says
 * otherwise. What answers sets them by this table, and OpenAPI tells of them by it.
 */
export const headersOfStatus = {
  401: { name: 'WWW-Authenticate', usual: 'Bearer', schema: { type: 'string' } },
  429: { name: 'Retry-After', usual: '2', schema: { type: 'integer', minimum: 1 } },
  503: { name: 'Retry-After', usual: '2', schema: { type: 'integer', minimum: 1 } },
} as const satisfies Record<number, ProblemHeader>;

interface ProblemHeader {
  readonly name: string;
  /** Of Retry-After in seconds: engines are back within a restart or not soon. */
  readonly usual: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

export type ProblemCode = keyof typeof problemCodes;
export const ProblemCode = z.enum(Object.keys(problemCodes) as [ProblemCode, ...ProblemCode[]]);

/** What can be wrong with one place of an input; stands in `errors[].code`. */
export const inputErrorCodes = [
  'required',
  'wrong-type',
  'unknown-field',
  'too-short',
  'too-long',
  'too-many',
  'invalid-format',
  'invalid-value',
  'invalid-address',
  'invalid-time-zone',
  'alert-contacts-production-only',
  'field-not-offered',
  'required-after-launch',
  'unknown-user',
  'brand-alias-not-confirmed',
] as const;
export const InputErrorCode = z.enum(inputErrorCodes);
export type InputErrorCode = z.infer<typeof InputErrorCode>;

export const InputError = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'RFC 6901 JSON pointer into the body.', example: '/technicalEmergency' }),
    code: InputErrorCode,
    detail: z.string(),
  })
  .meta({ id: 'InputError' });
export type InputError = z.infer<typeof InputError>;

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: ProblemCode,
    detail: z.string(),
    instance: z.string().optional(),
    errors: z.array(InputError).optional(),
  })
  .loose()
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });
export type Problem = z.infer<typeof Problem>;
