import { unreadable, type Unreadable } from './cloud-event-attributes.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The text of bytes, without a byte order mark; undefined when they are not UTF-8. */
export function readText(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The JSON in bytes or text. Keys named `__proto__` become plain own properties, and nesting of any depth is read without
 * recursion by V8; what reads the value further on must not recurse either.
 */
export function readJson(body: Uint8Array | string): { ok: true; json: unknown } | Unreadable {
  const text = typeof body === 'string' ? body : readText(body);
  if (text === undefined) return unreadable('not-utf8', 'The bytes are not UTF-8.');
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch {
    return unreadable('not-json', 'The body is not JSON.');
  }
}

export function isJsonObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The data of a structured CloudEvent (JSON format, section 3.1): in `data`, or as base64 of JSON in `data_base64`. */
export function readStructuredData(
  event: Readonly<Record<string, unknown>>,
): { ok: true; json: unknown } | Unreadable {
  if (typeof event.data_base64 !== 'string') return { ok: true, json: event.data };
  return readJson(Buffer.from(event.data_base64, 'base64'));
}
