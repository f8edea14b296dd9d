import { isJsonObject, readJson, readStructuredData, readText } from './read-json.js';
import type { ReceivedRecord } from './received-batch.js';

export const unreadableDataReasons = ['tombstone', 'not-utf8', 'not-json', 'unknown-type'] as const;
export type UnreadableDataReason = (typeof unreadableDataReasons)[number];

export type ReadEventData =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly reason: UnreadableDataReason; readonly detail: string };

/**
 * The data of a record of one of our own topics, binary or structured, when it is of the type given. Never throws on what
 * came; what is in the data is for the caller's schema.
 */
export function readEventData(
  { value, headers }: Pick<ReceivedRecord, 'value' | 'headers'>,
  wantedType: string,
): ReadEventData {
  if (value === null || value.length === 0) return no('tombstone', 'The record has no value.');
  const body = readJson(value);
  if (!body.ok) return no(body.reason === 'not-utf8' ? 'not-utf8' : 'not-json', body.detail);
  const type = headerText(headers.ce_type);
  const parts = type === undefined ? structuredParts(body.json) : { type, data: body.json };
  if (parts.type !== wantedType) return no('unknown-type', `The type is not ${wantedType}.`);
  return { ok: true, data: parts.data };
}

const no = (reason: UnreadableDataReason, detail: string): ReadEventData => ({ ok: false, reason, detail });

function structuredParts(json: unknown): { type: unknown; data: unknown } {
  if (!isJsonObject(json)) return { type: undefined, data: undefined };
  const data = readStructuredData(json);
  return { type: json.type, data: data.ok ? data.json : undefined };
}

function headerText(held: ReceivedRecord['headers'][string]): string | undefined {
  const first = Array.isArray(held) ? held[0] : held;
  return typeof first === 'string' || first === undefined ? first : readText(first);
}
