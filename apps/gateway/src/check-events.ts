import {
  type ApiKeyPrincipal,
  type EventKind,
  eventKinds,
  eventType,
  type InputError,
  type InputErrorCode,
  inputErrors,
  Instant,
  jsonPointer,
  mostEventBytes,
  parseSignalboxEvent,
  type SignalboxEvent,
} from '@signalbox/contracts';
import type { z } from 'zod';
import { beyondLimits, type EventLimit } from './key-limits.js';

/** How the events came; it decides where an error points to. */
export type EventMode = 'plain' | 'structured' | 'batch' | 'binary';

/** One event as a sender wrote it, sorted into our words and not checked. */
export interface RawEvent {
  readonly kind: unknown;
  readonly account: unknown;
  readonly id: unknown;
  readonly source: unknown;
  readonly time: unknown;
  readonly data: unknown;
  /** Set where the event is no CloudEvent: it is refused whatever the rest says. */
  readonly refusal?: { readonly detail: string; readonly faults: readonly AttributeFault[] };
}

/** What is wrong with an attribute that only CloudEvents knows. */
export interface AttributeFault {
  readonly attribute: string;
  readonly code: InputErrorCode;
  readonly detail: string;
}

export interface RawEvents {
  readonly mode: EventMode;
  readonly events: readonly RawEvent[];
}

/** What the door adds to events that leave it out, and who vouches for them. */
export interface Stamp {
  readonly now: Date;
  readonly newId: () => string;
  readonly sender: ApiKeyPrincipal;
}

export type CheckedEvents =
  | { readonly outcome: 'valid'; readonly events: readonly SignalboxEvent[] }
  | { readonly outcome: 'invalid' | 'forbidden' | 'too-large'; readonly errors: readonly InputError[] };

/**
 * Checks and stamps events, all or none: a batch with one mistake in it is refused with every mistake of all of them.
 * Pure but for `newId`.
 */
export function checkEvents({ mode, events }: RawEvents, stamp: Stamp): CheckedEvents {
  const parsed = events.map((event) => parse(stamped(event, stamp)));
  const invalid = parsed.flatMap(({ issues }, place) => [
    ...refusalErrors(events[place]?.refusal, issues, mode, place),
    ...errorsOf(issues, mode, place),
  ]);
  if (invalid.length > 0) return { outcome: 'invalid', errors: invalid };

  const valid = parsed.flatMap(({ event }) => event ?? []);
  const forbidden = valid.flatMap((event, place) => forbiddenErrors(stamp.sender, event, mode, place));
  if (forbidden.length > 0) return { outcome: 'forbidden', errors: forbidden };

  const tooLarge = valid.flatMap((event, place) =>
    bytesOf(event) > mostEventBytes ? [tooLargeError(mode, place)] : [],
  );
  if (tooLarge.length > 0) return { outcome: 'too-large', errors: tooLarge };
  return { outcome: 'valid', events: valid };
}

/** The error that says which event of a request is too large, by our measure or by Kafka's. */
export function tooLargeError(mode: EventMode, place: number): InputError {
  const pointer = jsonPointer(placeOf(mode, place));
  return { pointer, code: 'too-long', detail: `An event has at most ${mostEventBytes} bytes.` };
}

type Issue = z.core.$ZodIssue;
type StampedEvent = RawEvent & { readonly identity: 'caller'; readonly acceptedBy: string };

/** Whatever a client says about identity or acceptance is not read: only this door knows. */
function stamped(event: RawEvent, { now, newId, sender }: Stamp): StampedEvent {
  return {
    ...event,
    id: event.id ?? newId(),
    source: event.source ?? `urn:signalbox:sender:${encodeURIComponent(sender.name)}`,
    time: event.time === undefined ? now.toISOString() : inUtc(event.time),
    identity: 'caller',
    acceptedBy: sender.id,
  };
}

/** RFC 3339 with any offset, as the same instant with `Z`; anything else stays as it is, for the schema to refuse. */
function inUtc(time: unknown): unknown {
  const instant = Instant.safeParse(time);
  return instant.success ? new Date(instant.data).toISOString() : time;
}

interface Parsed {
  readonly event?: SignalboxEvent;
  readonly issues: readonly Issue[];
}

function parse(event: StampedEvent): Parsed {
  const parsed = parseSignalboxEvent({ ...event });
  if (parsed.success) return { event: parsed.data, issues: [] };
  const isKindKnown = eventKinds.some((kind) => kind === event.kind);
  // Without a kind nothing else is looked at. What every kind has in common can still be told in the same answer.
  const others = isKindKnown ? undefined : parseSignalboxEvent({ ...event, kind: plainestKind });
  const issues = [...parsed.error.issues, ...(others?.success === false ? others.error.issues : [])];
  return { issues: issues.map((issue) => withInput(issue, event)) };
}

/** The kind whose data has no field of its own. */
const plainestKind = 'matching-issue' satisfies EventKind;

/** What stood in the place, so that an error can tell what is missing from what is wrong. */
function withInput(issue: Issue, event: StampedEvent): Issue {
  return { ...issue, input: valueAt(event, issue.path) } as Issue;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[step] : undefined,
    value,
  );
}

/** What is no CloudEvent is never let through, even if nothing that we can point at is wrong with it. */
function refusalErrors(
  refusal: RawEvent['refusal'],
  issues: readonly Issue[],
  mode: EventMode,
  place: number,
): InputError[] {
  if (refusal === undefined) return [];
  const { faults, detail } = refusal;
  if (faults.length === 0 && issues.length === 0) {
    return [{ pointer: jsonPointer(placeOf(mode, place)), code: 'invalid-format', detail }];
  }
  return faults.map(({ attribute, ...fault }) => ({
    pointer: jsonPointer([...placeOf(mode, place), attribute]),
    ...fault,
  }));
}

function errorsOf(issues: readonly Issue[], mode: EventMode, place: number): InputError[] {
  const led = issues.map((issue) => ({ ...issue, path: pathIn(mode, issue.path) }));
  return inputErrors(led, placeOf(mode, place)).map((error) =>
    mode === 'plain' ? error : namingTypes(error),
  );
}

const placeOf = (mode: EventMode, place: number): PropertyKey[] => (mode === 'batch' ? [place] : []);

/** The names that CloudEvents has for our words. */
const attributeOf: Readonly<Record<string, string>> = { kind: 'type', account: 'subject' };

/** Plain JSON is flat; CloudEvents have attributes and data, and in binary mode that is how they are named, too. */
function pathIn(mode: EventMode, path: readonly PropertyKey[]): PropertyKey[] {
  const [first, ...rest] = path;
  if (mode === 'plain') return first === 'data' ? rest : [...path];
  return [attributeOf[String(first)] ?? String(first), ...rest];
}

function namingTypes(error: InputError): InputError {
  if (error.code !== 'invalid-value' || !/^(\/\d+)?\/type$/.test(error.pointer)) return error;
  return { ...error, detail: `type must be ${eventKinds.map(eventType).join(' or ')}.` };
}

function forbiddenErrors(
  sender: ApiKeyPrincipal,
  event: SignalboxEvent,
  mode: EventMode,
  place: number,
): InputError[] {
  const pathOf: Record<EventLimit, string[]> = {
    kind: ['kind'],
    environment: ['data', 'environment'],
    account: ['account'],
  };
  return beyondLimits(sender, event).map((limit) => {
    const path = [...placeOf(mode, place), ...pathIn(mode, pathOf[limit])];
    return {
      pointer: jsonPointer(path),
      code: 'invalid-value',
      detail: `This key may not send events of this ${limit}.`,
    };
  });
}

/** Of the JSON that goes to Kafka; the attributes are headers there and take about the same. */
const bytesOf = (event: SignalboxEvent): number => Buffer.byteLength(JSON.stringify(event));
