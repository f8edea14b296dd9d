import { z } from 'zod';
import { AccountId, IntegrationType, LanguageTag } from '../words.js';
import { EmailAddress } from './address.js';
import { Label } from './contact-information.js';

export const UserRole = z.enum(['admin', 'member']).meta({ id: 'UserRole' });
export type UserRole = z.infer<typeof UserRole>;

/** A portal user's membership. The sign-in library only proves that somebody owns the address. */
export const PortalUser = z
  .object({
    id: z.string(),
    email: EmailAddress,
    language: LanguageTag,
    role: UserRole,
    name: Label.optional(),
  })
  .meta({ id: 'PortalUser' });
export type PortalUser = z.infer<typeof PortalUser>;

/** Minutes after which an emergency nobody acknowledged goes a step further; 0 turns that off. */
const acknowledgeWithinMinutes = z.int().min(0).max(1440);

export const NewAccount = z
  .strictObject({
    id: AccountId,
    name: Label,
    integrationType: IntegrationType,
    locale: LanguageTag.default('en'),
    owner: EmailAddress.optional(),
    acknowledgeWithinMinutes: acknowledgeWithinMinutes.default(15),
  })
  .meta({ id: 'NewAccount' });
export type NewAccount = z.infer<typeof NewAccount>;

export const AccountChange = z
  .strictObject({
    name: Label.optional(),
    integrationType: IntegrationType.optional(),
    locale: LanguageTag.optional(),
    owner: EmailAddress.nullable().optional(),
    acknowledgeWithinMinutes: acknowledgeWithinMinutes.optional(),
  })
  .meta({ id: 'AccountChange' });
export type AccountChange = z.infer<typeof AccountChange>;

export const NewPortalUser = z
  .strictObject({
    email: EmailAddress,
    language: LanguageTag.optional(),
    role: UserRole.default('member'),
    name: Label.optional(),
  })
  .meta({ id: 'NewPortalUser' });
export type NewPortalUser = z.infer<typeof NewPortalUser>;

/** What is left out stays as it is. Somebody's own name and language are theirs to change; the rest is for admins. */
export const PortalUserChange = z
  .strictObject({
    email: EmailAddress.optional(),
    language: LanguageTag.optional(),
    role: UserRole.optional(),
    name: Label.optional(),
  })
  .meta({ id: 'PortalUserChange' });
export type PortalUserChange = z.infer<typeof PortalUserChange>;
