import type { InputError } from '@signalbox/contracts';
import { noSuchAccount, ProblemError } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import type { Outcome } from '../accounts/change-account.js';

export interface Done {
  readonly account: AccountDocument;
  readonly inForce: boolean;
}

/** What was done, or the problem that says why not. @param problemOf names the refusals of this use case. */
export function doneOrProblem<R>(outcome: Outcome<R>, problemOf: (why: R) => ProblemError): Done {
  switch (outcome.kind) {
    case 'done':
      return outcome;
    case 'no-such-account':
      throw noSuchAccount();
    case 'refused':
      throw problemOf(outcome.why);
  }
}

export function invalidInformation(errors: readonly InputError[]): ProblemError {
  const places = errors.length === 1 ? 'one place' : `${errors.length} places`;
  const details = errors.map(({ detail }) => detail).join(' ');
  return new ProblemError(
    'invalid-contact-information',
    `The contact information is not valid in ${places}: ${details}`,
    { errors },
  );
}
