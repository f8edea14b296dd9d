import { z } from 'zod';

export const addressHealthType = 'io.signalbox.address-health.v1';

/** What a mail server's answer says about an address, by the address's keyed hash. */
export const AddressHealth = z
  .object({
    account: z.string(),
    addressHash: z.string(),
    observed: z.enum(['accepted', 'bounced']),
    permanent: z.boolean(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'AddressHealth' });
export type AddressHealth = z.infer<typeof AddressHealth>;
