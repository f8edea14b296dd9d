import { z } from 'zod';

/** Where somebody turns who does not get on; the gate shows the first two, and the sign-in page where its link can be read. */
export const HelpLinks = z
  .object({
    supportUrl: z.url(),
    helpUrl: z.url(),
    mailboxUrl: z.url().optional().meta({
      description: 'Where everybody may read the mails; of a local stack, whose mails go nowhere else.',
    }),
  })
  .meta({ id: 'HelpLinks' });
export type HelpLinks = z.infer<typeof HelpLinks>;
