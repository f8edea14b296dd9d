import { z } from 'zod';
import { linkTo, portalPages, type PortalPath } from '../http/portal-pages.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * The mails that are about an account's people and not about an event. `livesForMs`: what is not sent by then is not sent
 * any more, and its secret is gone. `path`: where under PUBLIC_URL its link leads, with `?token=<secret>`; a kind without
 * one carries no secret. `limit`: how often one may be asked for, per mailbox, or per contact field of an account; of a kind
 * that anybody may ask for, `mostOfOneNetwork` keeps one stranger from using up what there is for a mailbox. Null where
 * nobody asks.
 */
export const accountMailKinds = {
  'sign-in-link': {
    livesForMs: 15 * minuteMs,
    path: portalPages.signIn,
    limit: { most: 5, withinMs: 15 * minuteMs, per: 'address', mostOfOneNetwork: 3 },
  },
  invitation: {
    livesForMs: 7 * dayMs,
    path: portalPages.invitation,
    limit: { most: 5, withinMs: 60 * minuteMs, per: 'address' },
  },
  'address-confirmation': {
    livesForMs: 7 * dayMs,
    path: portalPages.confirmAddress,
    limit: { most: 5, withinMs: 60 * minuteMs, per: 'address' },
  },
  'test-mail': {
    livesForMs: 60 * minuteMs,
    path: null,
    limit: { most: 5, withinMs: 60 * minuteMs, per: 'field' },
  },
  /** Gathered before it is made; see `operatorAlarms`. */
  'operator-alarm': { livesForMs: 5 * dayMs, path: null, limit: null },
} as const satisfies Record<string, AccountMailKindRow>;

export interface AccountMailLimitRow {
  readonly most: number;
  readonly withinMs: number;
  readonly per: 'address' | 'field';
  readonly mostOfOneNetwork?: number;
}

interface AccountMailKindRow {
  readonly livesForMs: number;
  readonly path: PortalPath | null;
  readonly limit: AccountMailLimitRow | null;
}

export const AccountMailKind = z.enum(Object.keys(accountMailKinds) as (keyof typeof accountMailKinds)[]);
export type AccountMailKind = z.infer<typeof AccountMailKind>;
/** The kinds that somebody asks for. */
export type AskedAccountMailKind = {
  [K in AccountMailKind]: (typeof accountMailKinds)[K]['limit'] extends null ? never : K;
}[AccountMailKind];

/** The instant until which a mail of this kind, and the link in it, holds when it is made now. */
export const accountMailExpiry = (kind: AccountMailKind, now: Date): Date =>
  new Date(now.getTime() + accountMailKinds[kind].livesForMs);

/**
 * Where the link of a mail of this kind leads.
 * @throws Error for a kind that has none.
 */
export function accountMailLink(kind: AccountMailKind, secret: string, publicUrl: string): string {
  const { path } = accountMailKinds[kind];
  if (path === null) throw new Error(`a mail of the kind ${kind} has no link`);
  return linkTo(path, secret, publicUrl);
}
