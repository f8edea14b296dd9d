import { z } from 'zod';
import { contactFields } from './contact-information.js';

/** What readiness may advise about an account's contact information; advice never blocks a save. */
export const adviceCodes = [
  'use-page-alias',
  'use-support-alias',
  'one-person-everywhere',
  'internal-address-is-shared',
  'same-address-twice',
  'repeated-address',
  'address-bouncing',
  'address-stale',
  'never-tested',
] as const;
export const AdviceCode = z.enum(adviceCodes).meta({ id: 'AdviceCode' });
export type AdviceCode = z.infer<typeof AdviceCode>;

export const Advice = z.object({ field: z.enum(contactFields), code: AdviceCode, detail: z.string() }).meta({
  id: 'Advice',
  description: 'Something that would serve the account better; nothing is refused for it.',
});
export type Advice = z.infer<typeof Advice>;
