import { z } from 'zod';

/** The kinds of event, in the order of the routing table. A new kind starts here and nowhere else. */
export const eventKinds = [
  'production-incident',
  'emergency',
  'migration-notice',
  'matching-issue',
  'merchant-complaint',
  'removal-request',
  'user-escalation',
] as const;
export const EventKind = z.enum(eventKinds).meta({
  id: 'EventKind',
  description: 'What happened to the integration; the routing table has one row for each kind.',
  example: 'emergency',
});
export type EventKind = z.infer<typeof EventKind>;

export const environments = ['sandbox', 'production'] as const;
export const Environment = z.enum(environments).meta({
  id: 'Environment',
  description: 'Which environment of the account the event or request is about.',
  example: 'production',
});
export type Environment = z.infer<typeof Environment>;

/** The contact fields that answer for a kind of event. The order is that of the partner's form. */
export const categories = [
  'alertContacts',
  'technicalEmergency',
  'technicalNonEmergency',
  'merchantIssues',
  'operationalInternal',
] as const;
export const Category = z.enum(categories).meta({
  id: 'Category',
  description: 'The contact field that answers for a kind of event.',
  example: 'technicalEmergency',
});
export type Category = z.infer<typeof Category>;

/** Lanes share nothing: each has its own consumer, queue, worker slots and SMTP connections. */
export const lanes = ['emergency', 'standard', 'bulk'] as const;
export const Lane = z
  .enum(lanes)
  .meta({ id: 'Lane', description: 'The way an event takes, apart from all others.' });
export type Lane = z.infer<typeof Lane>;

/** All ways that a mail takes: the lanes of events, and that of account mails, which come from no event. */
export const mailLanes = [...lanes, 'account'] as const;
export type MailLane = (typeof mailLanes)[number];

export const severities = ['info', 'warning', 'critical'] as const;
export const Severity = z.enum(severities).meta({ id: 'Severity' });
export type Severity = z.infer<typeof Severity>;

/** The integration types known at first; which fields each requires stands in the contact policy (libs/domain). */
export const integrationTypes = ['things-to-do', 'reservations', 'ordering'] as const;
export const IntegrationType = z.enum(integrationTypes).meta({
  id: 'IntegrationType',
  description: 'Decides which contact fields are required, optional or not offered.',
  example: 'reservations',
});
export type IntegrationType = z.infer<typeof IntegrationType>;

export const AccountId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'use 1 to 63 lower-case letters, digits and inner hyphens')
  .meta({ id: 'AccountId', description: 'The name of one partner account.', example: 'acme-tours' });
export type AccountId = z.infer<typeof AccountId>;

/** A text of one line, as labels and titles are: what breaks it, or turns what is read, is refused. */
export const oneLine = {
  pattern: /^[^\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]*$/u,
  otherwise: 'may not hold line breaks, control characters or halves of a character',
} as const;

/** Whatever is asked about lies well within: beyond it, RFC 3339 has no more years, or calendars no zones yet. */
const instants = { from: Date.UTC(1970), until: Date.UTC(3000) } as const;

/** An instant in UTC as RFC 3339 with `Z`; offsets are read and turned into UTC by whoever accepts them. */
export const Instant = z.iso
  .datetime({ offset: true })
  .refine(isWithinInstants, 'is no instant from 1970 to 2999')
  .meta({ id: 'Instant', description: 'RFC 3339 instant.', example: '2026-11-23T09:30:00Z' });

/** A BCP 47 language tag, as the runtime's own ICU understands it. */
export const LanguageTag = z
  .string()
  .max(35)
  .refine(isLanguageTag, 'is not a BCP 47 language tag, for example en, es or pt-BR')
  .meta({ id: 'LanguageTag', description: 'BCP 47 language tag.', example: 'pt-BR' });

function isWithinInstants(text: string): boolean {
  const at = Date.parse(text);
  return at >= instants.from && at < instants.until;
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
