export const localStackErrorCodes = [
  'port-taken',
  'program-missing',
  'already-running',
  'not-running',
  'not-ready',
  'download-failed',
  'step-failed',
  'cannot-do-this-here',
] as const;
export type LocalStackErrorCode = (typeof localStackErrorCodes)[number];

/** What a person can mend: the commands print its message as one clear line, without a stack trace. */
export class LocalStackError extends Error {
  override readonly name = 'LocalStackError';

  constructor(
    readonly code: LocalStackErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
