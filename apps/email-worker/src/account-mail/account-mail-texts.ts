import type {
  AccountMailKind,
  AddressField,
  ChainStep,
  DecisionNote,
  PortalUser,
} from '@signalbox/contracts';

/**
 * Everything the account mails say in one language; a new language is one file of these. Filled in are `{{account}}`,
 * `{{by}}` (who asked for the mail), `{{role}}`, `{{field}}`, `{{purpose}}`, `{{portal}}`, in `holds` `{{until}}`,
 * and of alarms `{{alarm}}`, `{{count}}`, `{{since}}`.
 */
export interface AccountMailTexts {
  /** BCP 47, for the HTML's `lang`. */
  readonly language: string;
  readonly kinds: Readonly<Record<AccountMailKind, KindTexts>>;
  readonly fields: Readonly<Record<AddressField, { readonly name: string; readonly purpose: string }>>;
  readonly alarms: Readonly<Record<DecisionNote, { readonly about: string; readonly meaning: string }>>;
  /** One event of an alarm: `{{kind}}`, `{{account}}`, `{{environment}}`, `{{title}}`, `{{id}}`. */
  readonly alarmedEvent: string;
  readonly alarmedTitle: string;
  readonly toldNow: Readonly<Record<ChainStep, string>>;
  readonly moreAlarms: string;
  readonly roles: Readonly<Record<PortalUser['role'], string>>;
  /** Stands for `{{by}}` where no name is known, and for `{{account}}` where there is none. */
  readonly somebody: string;
  readonly noAccount: string;
  readonly holds: string;
  readonly footer: string;
}

export interface KindTexts {
  /** The words a subject begins with, and what follows them. */
  readonly words: string;
  readonly about: string;
  readonly title: string;
  /** Who asked for this mail, and what it is for. */
  readonly paragraphs: readonly string[];
  /** What following the link does; null for a kind without a link. */
  readonly action: string | null;
  /** What to do for somebody who did not expect this mail. */
  readonly otherwise: string;
}
