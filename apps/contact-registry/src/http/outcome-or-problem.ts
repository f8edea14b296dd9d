import type { InputError } from '@signalbox/contracts';
import { invalidInput, noSuchAccount, type ProblemError } from '@signalbox/runtime';
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

export const invalidInformation = (errors: readonly InputError[]): ProblemError =>
  invalidInput('invalid-contact-information', 'The contact information', errors);
