import { z } from 'zod';

/** What is known of an address of an account. None of them keeps a mail from being sent: never silence. */
export const addressStates = ['unconfirmed', 'confirmed', 'stale', 'bouncing'] as const;
export const AddressState = z.enum(addressStates).meta({
  id: 'AddressState',
  description:
    'unconfirmed: nobody has followed a link sent there. confirmed: somebody has. stale: neither a confirmation nor an accepted mail for 180 days. bouncing: the last thing known is a permanent refusal.',
});
export type AddressState = z.infer<typeof AddressState>;
