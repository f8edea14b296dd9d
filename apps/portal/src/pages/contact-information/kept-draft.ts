import type { ContactInformation, Environment } from '@signalbox/contracts';
import type { ContactDraft } from './draft.js';
import type { Mailbox } from './lines-of.js';

/** What somebody has not saved yet, with what it began as: whose revision has moved meanwhile has a conflict to look at. */
export interface KeptDraft {
  readonly etag: string;
  readonly base: ContactInformation;
  /** Who the users were, so that one who is gone can be named. */
  readonly people: readonly Mailbox[];
  readonly draft: ContactDraft;
}

const keyOf = (account: string, environment: Environment): string =>
  `signalbox.contact-draft ${account} ${environment}`;

/** Kept in this tab alone, past a reload; it holds addresses and is not for who comes to this device next. */
export function keepDraft(account: string, environment: Environment, kept: KeptDraft): void {
  sessionStorage.setItem(keyOf(account, environment), JSON.stringify(kept));
}

export function keptDraft(account: string, environment: Environment): KeptDraft | undefined {
  const text = sessionStorage.getItem(keyOf(account, environment));
  return text === null ? undefined : (JSON.parse(text) as KeptDraft);
}

export function forgetDraft(account: string, environment: Environment): void {
  sessionStorage.removeItem(keyOf(account, environment));
}
