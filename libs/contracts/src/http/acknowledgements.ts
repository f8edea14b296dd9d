import { z } from 'zod';
import { Label } from '../contacts/contact-information.js';
import { Environment } from '../words.js';
import { LinkSecret } from './session.js';

/** Who was first, as it is shown to others. */
export const AcknowledgementView = z
  .object({
    at: z.iso.datetime(),
    by: z.string().meta({ description: 'A name, or the address of whoever was told.' }),
  })
  .meta({ id: 'Acknowledgement' });
export type AcknowledgementView = z.infer<typeof AcknowledgementView>;

export const NewAcknowledgement = LinkSecret.extend({
  name: Label.optional().meta({ description: 'Asked for where the mail went to more than one person.' }),
}).meta({ id: 'NewAcknowledgement' });
export type NewAcknowledgement = z.infer<typeof NewAcknowledgement>;

/** What the link in the mail of an emergency is about. */
export const AcknowledgementPage = z
  .object({
    title: z.string(),
    accountName: z.string(),
    environment: Environment,
    happenedAt: z.iso.datetime(),
    isNameNeeded: z.boolean(),
    acknowledged: AcknowledgementView.nullable(),
  })
  .meta({ id: 'AcknowledgementPage' });
export type AcknowledgementPage = z.infer<typeof AcknowledgementPage>;

export const Acknowledged = z
  .object({
    isFirst: z
      .boolean()
      .meta({ description: 'false: somebody was on it already, and stays the one who is.' }),
    acknowledged: AcknowledgementView,
  })
  .meta({ id: 'Acknowledged' });
export type Acknowledged = z.infer<typeof Acknowledged>;
