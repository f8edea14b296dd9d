import type { AccountMailKind, AddressField, PortalUser } from '@signalbox/contracts';

/**
 * Everything the account mails say in one language; a new language is one file of these. Filled in are `{{account}}`,
 * `{{by}}` (who asked for the mail), `{{role}}`, `{{field}}`, `{{purpose}}`, `{{portal}}`, and in `holds` `{{until}}`.
 */
export interface AccountMailTexts {
  /** BCP 47, for the HTML's `lang`. */
  readonly language: string;
  readonly kinds: Readonly<Record<AccountMailKind, KindTexts>>;
  readonly fields: Readonly<Record<AddressField, { readonly name: string; readonly purpose: string }>>;
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
