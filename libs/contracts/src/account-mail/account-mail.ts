import { z } from 'zod';
import { UserRole } from '../contacts/account.js';
import { EmailAddress } from '../contacts/address.js';
import { Label } from '../contacts/contact-information.js';
import { DeliveryProgress } from '../delivery/delivery.js';
import { ChainStep, DecisionNote } from '../routing/reasons.js';
import { AccountId, categories, Environment, EventKind, LanguageTag } from '../words.js';
import { AccountMailKind } from './account-mail-kinds.js';

/** The contact fields that hold somebody to write to; the support hours are the one that does not. */
export const AddressField = z.enum([...categories, 'operationalShared']);
export type AddressField = z.infer<typeof AddressField>;

const account = z.object({ id: AccountId, name: z.string() });

/** Who asked for a mail. The address is stored as a keyed hash alone: by it an erasure finds where the name stands. */
export const MailAsker = z.strictObject({
  /** Left out, the mail says "somebody". Never an address. */
  name: Label.optional(),
  address: EmailAddress.optional(),
});
export type MailAsker = z.infer<typeof MailAsker>;

/** 128 bits are 22 characters of base64url; nothing in it needs an escape in a link. */
const secret = z.string().regex(/^[\w.~-]{22,512}$/, 'is no secret for a link');
/** An event that an alarm is about, as far as a mail says it. */
const AlarmedEvent = z.strictObject({
  id: z.string(),
  kind: EventKind,
  account: z.string(),
  environment: Environment,
  /** Of an event that has no mail of its own; what others are told is for them. */
  title: z.string().optional(),
  /** Who is told in place of the steps before. */
  step: ChainStep.nullable(),
});
export type AlarmedEvent = z.infer<typeof AlarmedEvent>;
/** `count` alarms were raised since then, of which the first are named. */
export const AlarmMailFacts = z.strictObject({
  alarm: DecisionNote,
  count: z.int().min(1),
  since: z.iso.datetime(),
  events: z.array(AlarmedEvent),
});
export type AlarmMailFacts = z.infer<typeof AlarmMailFacts>;
const toWhom = {
  address: EmailAddress,
  /** Of the recipient. */
  language: LanguageTag,
  /** What is not sent by then is not sent any more: `accountMailExpiry` says when, unless the link holds for less. */
  expiresAt: z.date(),
};

/** An account mail as it is asked for. What a mail may say is closed, per kind. */
export const NewAccountMail = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sign-in-link'),
    /** Null for those who belong to several accounts, or to the platform. */
    account: account.nullable(),
    facts: z.strictObject({}),
    secret,
    ...toWhom,
  }),
  z.strictObject({
    kind: z.literal('invitation'),
    account,
    facts: z.strictObject({ role: UserRole }),
    asker: MailAsker,
    secret,
    ...toWhom,
  }),
  z.strictObject({
    kind: z.literal('address-confirmation'),
    account,
    facts: z.strictObject({ field: AddressField }),
    asker: MailAsker,
    secret,
    ...toWhom,
  }),
  z.strictObject({
    kind: z.literal('test-mail'),
    account,
    facts: z.strictObject({ field: AddressField }),
    asker: MailAsker,
    ...toWhom,
  }),
  z.strictObject({
    kind: z.literal('operator-alarm'),
    account: z.null(),
    facts: AlarmMailFacts,
    ...toWhom,
  }),
]);
export type NewAccountMail = z.infer<typeof NewAccountMail>;

/** An account mail as it is stored. Its states are those of a delivery; it belongs to no event, and to no ledger. */
export const AccountMail = z.object({
  ...DeliveryProgress.shape,
  kind: AccountMailKind,
  account: account.nullable(),
  address: EmailAddress,
  /** Keyed hash of the mailbox: what limits and erasure look for. */
  addressHash: z.string(),
  language: LanguageTag,
  facts: z.object({
    by: Label.optional(),
    role: UserRole.optional(),
    field: AddressField.optional(),
    ...AlarmMailFacts.partial().shape,
  }),
  /** The same of who asked for it, as long as it names them. */
  askerHash: z.string().optional(),
  /** Encrypted for this mail alone; null when the kind has none, and as soon as the mail has ended. */
  sealedSecret: z.string().nullable(),
  createdAt: z.date(),
  expiresAt: z.date(),
});
export type AccountMail = z.infer<typeof AccountMail>;

/** What anybody but the worker gets of an account mail: the secret is rendered once, into the mail, and never again. */
export type AccountMailRecord = Omit<AccountMail, 'sealedSecret'>;

/** A job of an account mail, as it is added. */
export interface AccountMailJob {
  readonly lane: 'account';
  readonly delivery: string;
  readonly attempt: number;
}

/**
 * An account mail as it is born: pending, and due at once.
 * @param born `hashOf` hashes a mailbox with the key; `sealedSecret`: encrypted for this id alone, null for a kind without.
 */
export function toAccountMail(
  mail: NewAccountMail,
  born: {
    readonly id: string;
    readonly hashOf: (address: string) => string;
    readonly sealedSecret: string | null;
    readonly now: Date;
  },
): AccountMail {
  const { kind, account: of, address, language, facts, expiresAt } = mail;
  const asker: MailAsker = 'asker' in mail ? mail.asker : {};
  return {
    _id: born.id,
    kind,
    account: of,
    address,
    addressHash: born.hashOf(address),
    language,
    facts: { ...facts, ...(asker.name !== undefined && { by: asker.name }) },
    ...(asker.name !== undefined && asker.address !== undefined && { askerHash: born.hashOf(asker.address) }),
    sealedSecret: born.sealedSecret,
    createdAt: born.now,
    expiresAt,
    state: 'pending',
    attempt: 1,
    nextAttemptAt: born.now,
    claim: null,
    blanks: 0,
    transitions: [],
  };
}
