import { z } from 'zod';
import { contactFields } from '../contacts/contact-information.js';
import { IntegrationType } from '../words.js';

const fields = z.array(z.enum(contactFields));

/** What another integration type would do to an account, before it is done. */
export const IntegrationTypeChange = z
  .object({
    from: IntegrationType,
    to: IntegrationType,
    dropped: fields.meta({
      description: 'Filled in, and not offered by the new type: they would be removed.',
    }),
    missing: z
      .object({ sandbox: fields, production: fields })
      .meta({ description: 'What would be missing then, per environment.' }),
    becomesMissing: z
      .object({ sandbox: fields, production: fields })
      .meta({ description: 'Of that, what is not missing now.' }),
    closesGate: z.object({ sandbox: z.boolean(), production: z.boolean() }).meta({
      description: 'Where the partner is let in now and would be asked for what is missing.',
    }),
  })
  .meta({ id: 'IntegrationTypeChange' });
export type IntegrationTypeChange = z.infer<typeof IntegrationTypeChange>;

export const IntegrationTypeChangeQuery = z.object({ to: IntegrationType });

/** `confirm=true`: a change of the integration type is done although a field is dropped or becomes missing. */
export const AccountChangeQuery = z.object({ confirm: z.enum(['true', 'false']).default('false') });
