import { z } from 'zod';
import { contactFields } from './contacts/contact-information.js';
import { UserRole } from './contacts/account.js';
import { AccountId, EventKind, Environment } from './words.js';

export const scopes = ['events:send', 'operator', 'support'] as const;
export const Scope = z.enum(scopes).meta({ id: 'Scope' });
export type Scope = z.infer<typeof Scope>;

/**
 * Who may make a call, as the table of routes says it: everybody, keys and platform staff by scope, and the portal users
 * of the account that the call is about, all of them (`member`) or its admins alone.
 */
export const roles = ['public', ...scopes, 'admin', 'member'] as const;
export type Role = (typeof roles)[number];

/** What an API key may be limited to; left out means no limit. */
export const KeyLimits = z.object({
  kinds: z.array(EventKind).optional(),
  environments: z.array(Environment).optional(),
  accounts: z.array(z.string()).optional(),
});
export type KeyLimits = z.infer<typeof KeyLimits>;

export const ApiKeyPrincipal = z.object({
  kind: z.literal('api-key'),
  id: z.string(),
  name: z.string(),
  scopes: z.array(Scope),
  limits: KeyLimits.optional(),
});
export const ServicePrincipal = z.object({ kind: z.literal('service'), name: z.string() });

/** Somebody of the platform who signed in. */
export const StaffRole = z.enum(['operator', 'support']).meta({ id: 'StaffRole' });
export type StaffRole = z.infer<typeof StaffRole>;
export const StaffPrincipal = z.object({
  kind: z.literal('staff'),
  id: z.string(),
  name: z.string(),
  role: StaffRole,
});
export type StaffPrincipal = z.infer<typeof StaffPrincipal>;

/** One account of a portal user: as whom, and what is missing there, which closes the gate of that environment. */
export const Membership = z.object({
  account: AccountId,
  user: z.string(),
  role: UserRole,
  missing: z.object({
    sandbox: z.array(z.enum(contactFields)),
    production: z.array(z.enum(contactFields)),
  }),
});
export type Membership = z.infer<typeof Membership>;

/** Somebody who proved that an address is theirs; what they may see is said by their accounts alone. */
export const PortalUserPrincipal = z.object({
  kind: z.literal('portal-user'),
  /** The sign-in's own id, the same in all accounts of one address. */
  id: z.string(),
  memberships: z.array(Membership).min(1),
});
export type PortalUserPrincipal = z.infer<typeof PortalUserPrincipal>;

/** What a partner reads in place of anybody of the platform. */
export const platformStaff = 'platform staff';

/** Nobody has said who they are; the routes that are public take them. */
export const AnonymousPrincipal = z.object({ kind: z.literal('anonymous') });

/** Who asks. The gateway finds out; services check the signed token that says it. */
export const Principal = z
  .discriminatedUnion('kind', [
    ApiKeyPrincipal,
    ServicePrincipal,
    StaffPrincipal,
    PortalUserPrincipal,
    AnonymousPrincipal,
  ])
  .meta({ id: 'Principal' });
export type Principal = z.infer<typeof Principal>;
export type ApiKeyPrincipal = z.infer<typeof ApiKeyPrincipal>;

/** What the registry answers when the gateway asks about the SHA-256 of a key it was shown. */
export const KeyVerdict = z.discriminatedUnion('known', [
  z.object({ known: z.literal(true), principal: ApiKeyPrincipal }),
  z.object({ known: z.literal(false) }),
]);
export type KeyVerdict = z.infer<typeof KeyVerdict>;
