import {
  readAttributes,
  unreadable,
  type CloudEventAttributes,
  type RawEvent,
  type Unreadable,
} from './cloud-event-attributes.js';
import { isJsonObject, readJson, readStructuredData } from './read-json.js';

export type HttpHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export type ReadCloudEvents =
  | { readonly ok: true; readonly events: readonly RawEvent[] }
  | (Unreadable & {
      /** The place in a batch, from 0; undefined outside of one. */
      readonly index?: number;
    });

export type CloudEventMode = 'binary' | 'structured' | 'batch';

/** Which of the three modes of CloudEvents' HTTP binding a request is in; undefined: it is no CloudEvent. */
export function cloudEventMode(headers: HttpHeaders): CloudEventMode | undefined {
  const contentType = headerText(headers['content-type']) ?? '';
  if (/^application\/cloudevents-batch\b/i.test(contentType)) return 'batch';
  if (/^application\/cloudevents\b/i.test(contentType)) return 'structured';
  return Object.keys(headers).some((name) => /^ce-(?:specversion|id|type)$/i.test(name))
    ? 'binary'
    : undefined;
}

/**
 * The events of a request, ready for contracts' `parseSignalboxEvent` once the gateway has added identity, time where
 * undefined, and who sent it.
 * @param headers as Node gives them.
 * @param body the bytes or the text as they came, or what a JSON parser made of them.
 */
export function readCloudEvents(headers: HttpHeaders, body: unknown): ReadCloudEvents {
  const mode = cloudEventMode(headers);
  if (mode === undefined)
    return unreadable(
      'not-a-cloud-event',
      'There are neither ce- headers nor a content type of CloudEvents.',
    );
  const read = readBody(body);
  if (!read.ok) return read;
  switch (mode) {
    case 'binary':
      return alone(readAttributes(attributesOf(headers), read.json));
    case 'structured':
      return alone(readStructured(read.json));
    case 'batch':
      return readBatch(read.json);
  }
}

function readBody(body: unknown): { ok: true; json: unknown } | Unreadable {
  if (body === undefined || body === '' || (body instanceof Uint8Array && body.length === 0)) {
    return unreadable('empty', 'There is no body.');
  }
  return typeof body === 'string' || body instanceof Uint8Array ? readJson(body) : { ok: true, json: body };
}

function readBatch(json: unknown): ReadCloudEvents {
  if (!Array.isArray(json)) return unreadable('not-a-cloud-event', 'A batch is a JSON array of CloudEvents.');
  const events: RawEvent[] = [];
  for (const [index, member] of json.entries()) {
    const read = readStructured(member);
    if (!read.ok) return { ...read, index };
    events.push(read.raw);
  }
  return { ok: true, events };
}

function readStructured(json: unknown): { ok: true; raw: RawEvent } | Unreadable {
  if (!isJsonObject(json)) return unreadable('not-a-cloud-event', 'A CloudEvent is a JSON object.');
  const data = readStructuredData(json);
  return data.ok ? readAttributes(json, data.json) : data;
}

const alone = (read: { ok: true; raw: RawEvent } | Unreadable): ReadCloudEvents =>
  read.ok ? { ok: true, events: [read.raw] } : read;

function attributesOf(headers: HttpHeaders): CloudEventAttributes {
  const pairs = Object.entries(headers)
    .filter(([name]) => /^ce-/i.test(name))
    .map(([name, held]) => [name.slice(3).toLowerCase(), decoded(headerText(held))] as const);
  return Object.fromEntries(pairs);
}

/** HTTP binding section 3.1.3.2: values are percent-encoded UTF-8. What is not, is taken as it stands. */
function decoded(text: string | undefined): string | undefined {
  if (text === undefined || !text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function headerText(held: string | readonly string[] | undefined): string | undefined {
  return typeof held === 'string' ? held : held?.[0];
}
