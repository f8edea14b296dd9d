import { z } from 'zod';
import { AccountId, Environment, IntegrationType } from '../words.js';
import { ContactInformation, contactFields } from '../contacts/contact-information.js';
import { Advice } from '../contacts/advice.js';
import { PortalUser } from '../contacts/account.js';
import { InputErrorCode } from '../problem.js';
import { InvitationView } from './invitations.js';

const inForce = z.boolean().meta({
  description: 'true: every event accepted from now on is decided with this version or a later one.',
});

/** An account; the owner's address on our side is shown to operators alone. */
export const AccountView = z
  .object({
    id: AccountId,
    name: z.string(),
    integrationType: IntegrationType,
    locale: z.string(),
    owner: z.string().nullable().optional(),
    acknowledgeWithinMinutes: z.int(),
    launched: z.boolean(),
    version: z.int(),
    inForce: inForce.optional(),
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof AccountView>;

/** Which page of a list. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

/** The contact information with the version that routing uses; the revision is the ETag. */
export const ContactInformationView = ContactInformation.extend({
  version: z.int(),
  inForce: inForce.optional(),
}).meta({ id: 'ContactInformationView' });
export type ContactInformationView = z.infer<typeof ContactInformationView>;

export const EnvironmentQuery = z.object({ environment: Environment.default('production') });

export const Readiness = z
  .object({
    ready: z.boolean(),
    missing: z.array(z.object({ field: z.enum(contactFields), code: InputErrorCode, detail: z.string() })),
    advice: z.array(Advice),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof Readiness>;

export const PortalUserAnswer = z
  .object({ user: PortalUser, version: z.int(), inForce })
  .meta({ id: 'PortalUserAnswer' });
/** An operator adds a user; what a portal user adds is an invitation, which its address accepts first. */
export const PortalUserAdded = z
  .union([PortalUserAnswer, z.object({ invitation: InvitationView })])
  .meta({ id: 'PortalUserAdded' });
export const PortalUserList = z
  .object({ items: z.array(PortalUser), nextCursor: z.string().nullable() })
  .meta({ id: 'PortalUserList' });
export const PortalUserRemoved = z.object({ version: z.int(), inForce }).meta({ id: 'PortalUserRemoved' });

/** What a contact field is, whatever the integration type; a form is made of it. */
export const ContactFieldRule = z
  .object({
    field: z.enum(contactFields),
    title: z.string(),
    explanation: z.string(),
    holds: z.enum(['users', 'addresses', 'hours']),
    count: z.enum(['many', 'one']),
    audience: z.enum(['internal', 'shareable']),
    environments: z.array(Environment),
    aliasAdvised: z.enum(['page', 'support']).optional(),
  })
  .meta({ id: 'ContactFieldRule' });

export const IntegrationTypeList = z
  .object({
    contactFields: z.array(ContactFieldRule),
    items: z.array(
      z.object({
        id: IntegrationType,
        fields: z.record(z.enum(contactFields), z.enum(['required', 'optional', 'not-offered'])),
      }),
    ),
  })
  .meta({ id: 'IntegrationTypeList' });
