import type { ChainStep, Environment, EventKind, Severity } from '@signalbox/contracts';

/** The labels of facts that a mail shows. */
export const factLabels = [
  'account',
  'environment',
  'severity',
  'happenedAt',
  'summary',
  'details',
  'links',
  'impact',
  'effectiveAt',
  'deadline',
  'merchantName',
  'merchantId',
  'complaint',
  'reservationReference',
  'reason',
  'event',
] as const;
export type FactLabel = (typeof factLabels)[number];

/**
 * Everything a mail says in one language; a new language is one file of these. `{{account}}`, and in `late` `{{at}}` and
 * `{{minutes}}`, are filled in.
 */
export interface MailTexts {
  /** BCP 47, for the HTML's `lang`. */
  readonly language: string;
  /** The word a subject begins with, and the same for an all-clear; both must begin with the kind. */
  readonly kinds: Readonly<Record<EventKind, { readonly word: string; readonly resolved: string }>>;
  readonly environments: Readonly<Record<Environment, string>>;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly labels: Readonly<Record<FactLabel, string>>;
  readonly late: string;
  readonly allClear: string;
  /** The link of an emergency, and what it is good for. */
  readonly acknowledge: { readonly button: string; readonly why: string };
  readonly sandbox: string;
  /** Why the reader gets this mail, by where they stand in the chain. */
  readonly because: Readonly<Record<ChainStep, string>>;
  /** Said besides, when the reader stands in for others; and when no account could be found. */
  readonly fallback: string;
  readonly unroutable: string;
  readonly portal: string;
}
