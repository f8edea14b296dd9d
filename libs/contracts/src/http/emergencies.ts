import { z } from 'zod';
import { eventData } from '../events/event-data.js';
import { MailingToken } from './mailings.js';
import { AccountId, IntegrationType } from '../words.js';

/** More than these are reached by their integration type. */
const mostAccountsNamed = 5_000;

const accountsNamed = z.array(AccountId).min(1).max(mostAccountsNamed);

/** What an emergency says; what it ends is said by resolving it. */
const EmergencyContent = z
  .strictObject(eventData.emergency.omit({ resolves: true }).shape)
  .meta({ id: 'EmergencyContent' });

const EmergencyAudience = z
  .union([z.strictObject({ accounts: accountsNamed }), z.strictObject({ integrationType: IntegrationType })])
  .meta({ id: 'EmergencyAudience', description: 'One account, several, or all of an integration type.' });

export const NewEmergency = z.strictObject({ content: EmergencyContent, audience: EmergencyAudience }).meta({
  id: 'NewEmergency',
  example: {
    content: { environment: 'production', title: 'Integration disabled' },
    audience: { accounts: ['acme-tours'] },
  },
});
export type NewEmergency = z.infer<typeof NewEmergency>;

/** The same as was previewed, with the token of the preview. */
export const ConfirmedEmergency = NewEmergency.extend({ token: MailingToken }).meta({
  id: 'ConfirmedEmergency',
});
export type ConfirmedEmergency = z.infer<typeof ConfirmedEmergency>;

/** What the all-clear says besides what is over. */
export const EmergencyResolution = z
  .strictObject({ summary: eventData.emergency.shape.summary })
  .meta({ id: 'EmergencyResolution', example: { summary: 'It was a certificate.' } });
export type EmergencyResolution = z.infer<typeof EmergencyResolution>;
