import { z } from 'zod';
import { AccountId } from '../words.js';

export const addressHealthType = 'io.signalbox.address-health.v1';

/**
 * What a mail server's answer says about an address, by the address's keyed hash. At least once and in any order: who
 * reads it keeps the latest instant of each kind.
 */
export const AddressHealth = z
  .object({
    account: AccountId,
    addressHash: z.string().regex(/^[0-9a-f]{32}$/, 'is not a keyed hash in lower-case hex'),
    observed: z.enum(['accepted', 'bounced']),
    /** A bounce that no waiting mends; of an acceptance always false. */
    permanent: z.boolean(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'AddressHealth' });
export type AddressHealth = z.infer<typeof AddressHealth>;
