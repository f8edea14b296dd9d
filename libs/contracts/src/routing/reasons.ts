import { z } from 'zod';

/** Where a recipient stands in a chain: a category, the account's owner on our side, or the operators. */
export const chainSteps = [
  'alertContacts',
  'technicalEmergency',
  'technicalNonEmergency',
  'merchantIssues',
  'operationalInternal',
  'accountOwner',
  'operators',
] as const;
export const ChainStep = z.enum(chainSteps).meta({ id: 'ChainStep' });
export type ChainStep = z.infer<typeof ChainStep>;

/** The steps beyond a partner's own contacts: a partner sees that they were told, and not who they are. */
export const platformSteps = ['accountOwner', 'operators'] as const satisfies readonly ChainStep[];
export const isOfPlatform = (step: ChainStep): step is (typeof platformSteps)[number] =>
  (platformSteps as readonly ChainStep[]).includes(step);

/** Why a recipient is not told although the rule names them. The closed list is also a metric's label. */
export const suppressionReasons = [
  'alerts-are-production-only',
  'erased',
  /** An operator has cancelled what it is part of. */
  'cancelled',
  /** Of an account that nobody knows, shortly after another: one mail names them all to the operators. */
  'gathered',
] as const;
export const SuppressionReason = z.enum(suppressionReasons).meta({ id: 'SuppressionReason' });
export type SuppressionReason = z.infer<typeof SuppressionReason>;

/** Why a recipient is told. */
export const recipientReasons = [
  'category',
  'fallback',
  'unroutable',
  /** They were told of what this event ends. */
  'told-before',
] as const;
export const RecipientReason = z.enum(recipientReasons).meta({ id: 'RecipientReason' });
export type RecipientReason = z.infer<typeof RecipientReason>;

/** Why a step of the chain was passed over. */
export const passReasons = [
  'nobody-there',
  'not-offered-for-integration-type',
  'production-only',
  'nobody-accepted',
  /** Mails to them are still being tried, and the next step is told meanwhile. */
  'nobody-accepted-in-time',
  'not-acknowledged',
] as const;
export const PassReason = z.enum(passReasons).meta({ id: 'PassReason' });
export type PassReason = z.infer<typeof PassReason>;

/** Why a dispatch has one more round. */
export const roundReasons = [
  'accepted',
  'unknown-account',
  'contacts-changed',
  'nobody-accepted',
  'nobody-accepted-in-time',
  'not-acknowledged',
] as const;
export const RoundReason = z.enum(roundReasons).meta({ id: 'RoundReason' });
export type RoundReason = z.infer<typeof RoundReason>;

/** What makes a decision worth a person's look. */
export const decisionNotes = [
  'unknown-account',
  'contacts-may-be-stale',
  'fell-back',
  'chain-exhausted',
] as const;
export const DecisionNote = z.enum(decisionNotes).meta({ id: 'DecisionNote' });
export type DecisionNote = z.infer<typeof DecisionNote>;

/** `delivering`: somebody may still be told; the others are ends. */
export const dispatchStates = ['delivering', 'delivered', 'undelivered', 'suppressed'] as const;
export const DispatchState = z.enum(dispatchStates).meta({ id: 'DispatchState' });
export type DispatchState = z.infer<typeof DispatchState>;
