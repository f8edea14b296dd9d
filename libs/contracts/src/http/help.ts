import { z } from 'zod';

/** Where somebody turns who does not get on; the gate shows both. */
export const HelpLinks = z.object({ supportUrl: z.url(), helpUrl: z.url() }).meta({ id: 'HelpLinks' });
export type HelpLinks = z.infer<typeof HelpLinks>;
