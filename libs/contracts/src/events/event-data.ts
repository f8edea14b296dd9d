import { z } from 'zod';
import { Environment, Instant, oneLine, Severity } from '../words.js';

/**
 * A longer text. Half a surrogate pair, which is what a sender leaves who cuts by UTF-16 units, has no UTF-8: it becomes
 * U+FFFD here, the same for everybody who reads the event, and no event is lost for it.
 */
const longText = (most: number) =>
  z
    .string()
    .max(most)
    .overwrite((text) => text.replace(/\p{Cs}/gu, '\ufffd'));

/** Links go into mails, so only http and https, and nothing a reader would not see. */
const EventLink = z
  .object({
    label: longText(100).min(1),
    url: z
      .string()
      .max(2000)
      .refine((url) => isHttpUrl(url), 'is not an http or https address'),
  })
  .meta({ id: 'EventLink' });

export const EventReference = z
  .object({ source: z.string().min(1).max(500), id: z.string().min(1).max(200) })
  .meta({ id: 'EventReference', description: 'Names another event by source and id.' });

export type EventReference = z.infer<typeof EventReference>;

const common = {
  environment: Environment,
  title: z.string().trim().min(1).max(200).regex(oneLine.pattern, oneLine.otherwise),
  summary: longText(10_000).optional(),
  severity: Severity.optional(),
  resolves: EventReference.optional(),
  details: z
    .record(longText(100).min(1), longText(2_000))
    .refine((details) => Object.keys(details).length <= 50, 'has at most 50 entries')
    .optional(),
  links: z.array(EventLink).max(10).optional(),
} as const;

const merchant = {
  merchantName: longText(200).optional(),
  merchantId: longText(200).optional(),
  complaint: longText(10_000).optional(),
} as const;

/** The data of each kind of event. Fields we do not know are dropped, so that senders may run ahead of us. */
export const eventData = {
  'production-incident': z
    .object({ ...common, status: z.enum(['firing', 'resolved']).optional() })
    .meta({ id: 'ProductionIncident', description: 'A problem that a monitor found.' }),
  emergency: z
    .object({ ...common, impact: longText(2_000).optional() })
    .meta({ id: 'Emergency', description: 'For example: the integration is disabled.' }),
  'migration-notice': z
    .object({ ...common, effectiveAt: Instant.optional(), deadline: Instant.optional() })
    .meta({ id: 'MigrationNotice', description: 'An API changes or goes away.' }),
  'matching-issue': z
    .object({ ...common })
    .meta({ id: 'MatchingIssue', description: 'Inventory does not match.' }),
  'merchant-complaint': z.object({ ...common, ...merchant }).meta({ id: 'MerchantComplaint' }),
  'removal-request': z
    .object({ ...common, ...merchant })
    .meta({ id: 'RemovalRequest', description: 'A merchant asks to be removed from a partner.' }),
  'user-escalation': z
    .object({
      ...common,
      reservationReference: longText(200).optional(),
      reason: longText(2_000).optional(),
    })
    .meta({ id: 'UserEscalation', description: 'A user needs the partner: a booking was not honoured.' }),
} as const;

export type EventDataOf<K extends keyof typeof eventData> = z.infer<(typeof eventData)[K]>;
/** What every kind's data has; the kind's own fields are optional additions to it. */
export type EventData = EventDataOf<keyof typeof eventData>;

function isHttpUrl(text: string): boolean {
  try {
    const { protocol } = new URL(text);
    return protocol === 'http:' || protocol === 'https:';
  } catch {
    return false;
  }
}
