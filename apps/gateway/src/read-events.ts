import { kindOfEventType } from '@signalbox/contracts';
import { cloudEventMode, readCloudEvents, type HttpHeaders } from '@signalbox/messaging';
import { ProblemError } from '@signalbox/runtime';
import type { AttributeFault, RawEvent, RawEvents } from './check-events.js';

/**
 * The events of a request, in whichever of the four ways they were written. What is wrong with them is said by
 * checkEvents, all at once; here fails only what cannot be read as events at all.
 * @param body the bytes as they came, unpacked.
 * @throws ProblemError `malformed-json` | `unsupported-media-type` | `invalid-event` | `invalid-request`
 */
export function readEvents(headers: HttpHeaders, body: Buffer): RawEvents {
  const key = idempotencyKey(headers);
  const contentType = mediaTypeOf(headers);
  const mode = cloudEventMode(headers);
  if (mode === undefined) return readPlain(key, contentType, body);
  if (mode !== 'binary' && !cloudEventTypes.includes(contentType)) throw notTaken(contentType);

  const json = parseJson(body);
  const read = readCloudEvents(headers, json);
  if (read.ok) return { mode, events: read.events };
  if (mode === 'batch') {
    if (!Array.isArray(json)) throw invalid(read.detail);
    return { mode, events: json.map((member: unknown) => readMember(member)) };
  }
  if (mode === 'structured') return { mode, events: [readMember(json)] };
  return { mode, events: [withFaults(attributesOf(headers), json, read.detail)] };
}

const cloudEventTypes = ['application/cloudevents+json', 'application/cloudevents-batch+json'];
const takenTypes = ['application/json', ...cloudEventTypes];

function readPlain(key: string | undefined, contentType: string, body: Buffer): RawEvents {
  if (contentType !== 'application/json') throw notTaken(contentType);
  const json = parseJson(body);
  if (Array.isArray(json)) {
    throw invalid(
      'Plain JSON is one event. Send several as CloudEvents, with Content-Type: application/cloudevents-batch+json.',
    );
  }
  if (!isObject(json)) throw invalid('An event is a JSON object.');
  if ('specversion' in json && !('kind' in json)) {
    throw invalid('This looks like a CloudEvent: send it with Content-Type: application/cloudevents+json.');
  }
  const { kind, account, id, source, time, ...data } = json;
  return {
    mode: 'plain',
    events: [{ kind, account, id: id ?? key, source, time, data }],
  };
}

/**
 * The draft of the HTTP API group has the key in quotes, most clients send it bare. Whoever sends one relies on it, so one
 * that could be read in two ways is refused, also where an event has an id of its own.
 * @throws ProblemError `invalid-request`
 */
function idempotencyKey(headers: HttpHeaders): string | undefined {
  const held = headers['idempotency-key'];
  if (Array.isArray(held) && held.length > 1) {
    throw new ProblemError('invalid-request', 'The header Idempotency-Key may appear once.');
  }
  const text = textOf(held);
  if (text !== undefined && !/^[\x20-\x7e]*$/.test(text)) {
    throw new ProblemError(
      'invalid-request',
      'The header Idempotency-Key takes printable ASCII characters only.',
    );
  }
  return /^"(.*)"$/.exec(text ?? '')?.[1] ?? text;
}

/** One CloudEvent that may be the broken one: read for itself, so that each one's mistakes are told. */
function readMember(member: unknown): RawEvent {
  const read = readCloudEvents({ 'content-type': 'application/cloudevents+json' }, member);
  if (read.ok && read.events[0] !== undefined) return read.events[0];
  const detail = read.ok ? 'There is no event.' : read.detail;
  return isObject(member) ? withFaults(member, member.data, detail) : withFaults({}, undefined, detail);
}

/**
 * A CloudEvent that was refused, taken apart for the answer alone. The attributes that an event of ours needs (type,
 * subject, data) are checked with the rest; here stands what only CloudEvents asks for.
 */
function withFaults(attributes: Record<string, unknown>, data: unknown, detail: string): RawEvent {
  const given = Object.entries(attributes).filter(([, value]) => value !== '' && value !== null);
  const { specversion, type, subject: account, id, source, time } = Object.fromEntries(given);
  const asked = Object.entries({ specversion, id, source });
  const missing = asked.flatMap(([name, value]) => (value === undefined ? [name] : []));
  const faults: AttributeFault[] = missing.map((attribute) => ({
    attribute,
    code: 'required',
    detail: `${attribute} is required.`,
  }));
  if (!missing.includes('specversion') && specversion !== '1.0') {
    faults.push({ attribute: 'specversion', code: 'invalid-value', detail: 'specversion must be 1.0.' });
  }
  const kind = typeof type === 'string' ? (kindOfEventType(type) ?? type) : type;
  return { kind, account, id, source, time, data, refusal: { faults, detail } };
}

function attributesOf(headers: HttpHeaders): Record<string, unknown> {
  const attributes = Object.entries(headers).filter(([name]) => name.startsWith('ce-'));
  return Object.fromEntries(attributes.map(([name, held]) => [name.slice(3), textOf(held)]));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    const detail = body.length === 0 ? 'There is no body.' : 'The body cannot be read as JSON.';
    throw new ProblemError('malformed-json', detail, { cause });
  }
}

const mediaTypeOf = (headers: HttpHeaders): string =>
  (textOf(headers['content-type']) ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

const textOf = (held: HttpHeaders[string]): string | undefined =>
  typeof held === 'string' ? held : held?.[0];

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const invalid = (detail: string): ProblemError =>
  new ProblemError('invalid-event', detail, { errors: [{ pointer: '', code: 'wrong-type', detail }] });

const notTaken = (contentType: string): ProblemError =>
  new ProblemError(
    'unsupported-media-type',
    `The Content-Type is ${contentType || 'missing'}; taken here: ${takenTypes.join(', ')}.`,
  );
