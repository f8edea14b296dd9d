import { z } from 'zod';
import { type EventKind, EventKind as EventKindSchema, eventKinds } from '../words.js';
import { type EventData, eventData } from './event-data.js';

/** `io.signalbox.<kind>.v1`, the CloudEvents type of each kind. */
export const eventType = (kind: EventKind): string => `io.signalbox.${kind}.v1`;
const kindOfType = new Map(eventKinds.map((kind) => [eventType(kind), kind]));
/** The kind that a CloudEvents type stands for, or undefined for a type that is not ours. */
export const kindOfEventType = (type: string): EventKind | undefined => kindOfType.get(type);

/**
 * Where an event's id comes from. `monitor`: made by our intake out of a fingerprint, so the same id with another body
 * is a repeat; `caller`: chosen by the sender, so the same id with another body is a conflict.
 */
export const EventIdentity = z.enum(['caller', 'monitor']);
export type EventIdentity = z.infer<typeof EventIdentity>;

/** The CloudEvents extension attributes we add; names have lower-case letters only, as CloudEvents 1.0 asks. */
export const extensionNames = {
  identity: 'sbxidentity',
  acceptedBy: 'sbxacceptedby',
  mailing: 'sbxmailing',
  mailingAccounts: 'sbxmailingaccounts',
} as const;

/** What a person sent to so many accounts, of which an event is a part. The HTTP door gives it to none. */
export const EventMailing = z.object({ id: z.string().min(1).max(100), accounts: z.int().min(1) });
export type EventMailing = z.infer<typeof EventMailing>;

/** The account of what a monitor sent without saying whose it is. No account can have this id. */
export const unmappedAccount = '(unmapped)';

export const EventId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'may not hold control characters or halves of a character');
export const EventSource = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}\p{Cs}\s]*$/u, 'is a URI reference without white space');
/** Whatever a sender calls an account; one that no account has makes the event unroutable, never refused. */
export const EventAccount = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'may not hold control characters or halves of a character');

const envelope = z.object({
  id: EventId,
  source: EventSource,
  account: EventAccount,
  /** When it happened, as the sender says; RFC 3339 in UTC. */
  time: z.iso.datetime(),
  identity: EventIdentity,
  /** The API key's id, or undefined for what came by Kafka. */
  acceptedBy: z.string().max(200).optional(),
  mailing: EventMailing.optional(),
});

/** One event as all our own code knows it, whatever way it came. */
export interface SignalboxEvent extends z.infer<typeof envelope> {
  readonly kind: EventKind;
  readonly data: EventData;
}

export type ParsedEvent =
  | { readonly success: true; readonly data: SignalboxEvent }
  | { readonly success: false; readonly error: z.ZodError };

/**
 * Reads an event whose kind is known. Used by the gateway for HTTP and by the router for Kafka, so that both doors
 * make the same checks.
 */
export function parseSignalboxEvent(raw: {
  kind: unknown;
  data: unknown;
  [attribute: string]: unknown;
}): ParsedEvent {
  const kind = EventKindSchema.safeParse(raw.kind);
  if (!kind.success) return failed(kind.error, 'kind');
  const attributes = envelope.safeParse(raw);
  const data = eventData[kind.data].safeParse(raw.data);
  const issues = [
    ...(attributes.success ? [] : attributes.error.issues),
    ...(data.success ? [] : data.error.issues.map((issue) => ({ ...issue, path: ['data', ...issue.path] }))),
  ];
  if (!attributes.success || !data.success) return { success: false, error: new z.ZodError(issues) };
  return { success: true, data: { ...attributes.data, kind: kind.data, data: data.data } };
}

function failed(error: z.ZodError, at: string): ParsedEvent {
  const issues = error.issues.map((issue) => ({ ...issue, path: [at, ...issue.path] }));
  return { success: false, error: new z.ZodError(issues) };
}

/** As an event is stored in a dispatch. */
export const StoredEvent = envelope.extend({ kind: EventKindSchema, data: z.custom<EventData>() });
