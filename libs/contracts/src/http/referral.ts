import { z } from 'zod';
import { EmailAddress } from '../contacts/address.js';
import { TimeZone } from '../contacts/time-zone.js';
import { AccountId, Instant } from '../words.js';

/** An instant as the clock of one zone shows it. */
export const LocalInstant = z
  .object({
    at: z.string().meta({ description: 'RFC 3339 with offset.', example: '2026-11-23T06:30:00-03:00' }),
    timeZone: TimeZone,
  })
  .meta({ id: 'LocalInstant' });

/** One instant for those who read it in different places. */
export const ShownInstant = z
  .object({
    utc: Instant,
    account: LocalInstant.meta({ description: "In the account's zone: that of its first range." }),
    caller: LocalInstant.optional().meta({ description: 'In the zone that the caller named.' }),
  })
  .meta({ id: 'ShownInstant' });
export type ShownInstant = z.infer<typeof ShownInstant>;

/** What a user may be told of a partner. Nothing internal is in it, and nothing internal is what it is made of. */
export const Referral = z
  .object({
    account: AccountId,
    contact: z
      .object({ email: EmailAddress, label: z.string().optional() })
      .nullable()
      .meta({ description: 'The one address that may be handed on; null when the account has named none.' }),
    openNow: z.boolean().nullable().meta({ description: 'null: the account has named no hours.' }),
    nextOpening: ShownInstant.nullable(),
    nextClosing: ShownInstant.nullable(),
  })
  .meta({ id: 'Referral' });
export type Referral = z.infer<typeof Referral>;

export const ReferralQuery = z.object({
  at: Instant.optional().meta({ description: 'The instant that is asked about; now when left out.' }),
  zone: TimeZone.optional(),
});
