import { z } from 'zod';
import { UserRole } from '../contacts/account.js';
import { EmailAddress } from '../contacts/address.js';
import { PortalUserPrincipal, Scope, StaffPrincipal, StaffRole } from '../principal.js';
import { AccountId, IntegrationType, LanguageTag } from '../words.js';
import { Readiness } from './accounts.js';

export const SignInRequest = z.strictObject({ email: EmailAddress }).meta({ id: 'SignInRequest' });

/** The same for everybody: who is not known here learns nothing, not even that. */
export const SignInAsked = z.object({ message: z.string() }).meta({ id: 'SignInAsked' });
export type SignInAsked = z.infer<typeof SignInAsked>;

/** The secret of a link that came by mail. */
export const LinkSecret = z
  .strictObject({ token: z.string().min(1).max(512) })
  .meta({ id: 'LinkSecret', description: 'The token in the link of a mail.' });

const isReady = Readiness.pick({ ready: true, missing: true });
const expiresAt = z.iso
  .datetime()
  .meta({ description: 'Unless the session is used before, which renews it.' });

/** One account of a portal user. What is missing in an environment closes its gate. */
export const SessionAccount = z
  .object({
    account: AccountId,
    name: z.string(),
    integrationType: IntegrationType,
    launched: z.boolean(),
    user: z.string(),
    role: UserRole,
    language: LanguageTag.meta({ description: 'In which the user is written to.' }),
    environments: z.object({ sandbox: isReady, production: isReady }),
  })
  .meta({ id: 'SessionAccount' });
export type SessionAccount = z.infer<typeof SessionAccount>;

/** Who asks, to themselves. */
export const SessionView = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('portal-user'),
      email: EmailAddress,
      accounts: z.array(SessionAccount),
      expiresAt,
    }),
    z.object({
      kind: z.literal('staff'),
      email: EmailAddress,
      name: z.string(),
      role: StaffRole,
      expiresAt,
    }),
    z.object({ kind: z.literal('api-key'), name: z.string(), scopes: z.array(Scope) }),
  ])
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof SessionView>;

/**
 * What the registry answers when the gateway asks whose a session cookie is. `renewed` is the cookie's new value, where
 * the browser is to be given one.
 */
export const SessionVerdict = z.discriminatedUnion('known', [
  z.object({
    known: z.literal(true),
    principal: z.discriminatedUnion('kind', [StaffPrincipal, PortalUserPrincipal]),
    renewed: z.string().optional(),
  }),
  z.object({ known: z.literal(false) }),
]);
export type SessionVerdict = z.infer<typeof SessionVerdict>;
