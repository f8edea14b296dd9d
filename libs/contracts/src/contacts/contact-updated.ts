import { z } from 'zod';
import { AccountId, IntegrationType, LanguageTag } from '../words.js';
import { EmailAddress } from './address.js';

const addressed = z.object({ email: EmailAddress, label: z.string().optional() });

/**
 * The whole snapshot of an account at one version: all a router needs to route without asking anyone.
 * Consumers tolerate fields they do not know; only `operationalShared` and the hours may ever reach a third party.
 */
export const AccountSnapshot = z
  .object({
    account: AccountId,
    version: z.int().min(1),
    name: z.string(),
    integrationType: IntegrationType,
    locale: LanguageTag,
    owner: EmailAddress.nullable(),
    launched: z.boolean(),
    acknowledgeWithinMinutes: z.int().min(0),
    contacts: z.object({
      alertContacts: z.array(z.object({ userId: z.string(), email: EmailAddress, language: LanguageTag })),
      technicalEmergency: z.array(addressed),
      technicalNonEmergency: z.array(addressed),
      merchantIssues: z.array(addressed),
      operationalInternal: z.array(addressed),
      operationalShared: addressed.nullable(),
      operationalSupport: z
        .object({
          hours: z.array(
            z.object({
              days: z.array(z.string()),
              opens: z.string(),
              closes: z.string(),
              timeZone: z.string(),
            }),
          ),
          closedDates: z.array(z.string()).optional(),
        })
        .nullable(),
    }),
  })
  .meta({ id: 'AccountSnapshot', description: 'The data of ContactUpdated.' });
export type AccountSnapshot = z.infer<typeof AccountSnapshot>;

export const contactUpdatedType = 'io.signalbox.contact-updated.v1';
