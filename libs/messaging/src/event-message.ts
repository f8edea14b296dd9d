import {
  eventType,
  extensionNames,
  kindOfTopic,
  mostEventBytes,
  parseSignalboxEvent,
  topicOfKind,
  type SignalboxEvent,
} from '@signalbox/contracts';
import type { IHeaders } from 'kafkajs';
import {
  readAttributes,
  unreadable,
  type CloudEventAttributes,
  type Unreadable,
} from './cloud-event-attributes.js';
import { cloudEventMessage } from './cloud-event-message.js';
import type { AddressedMessage } from './producer.js';
import { isJsonObject, readJson, readStructuredData, readText } from './read-json.js';
import type { ReceivedRecord } from './received-batch.js';

/** An event as it goes to its topic: CloudEvents' binary mode, key = account. */
export function eventMessage(event: SignalboxEvent): AddressedMessage {
  const { kind, account, id, source, time, data, identity, acceptedBy, mailing } = event;
  const extensions = {
    [extensionNames.identity]: identity,
    [extensionNames.acceptedBy]: acceptedBy,
    [extensionNames.mailing]: mailing?.id,
    [extensionNames.mailingAccounts]: mailing && String(mailing.accounts),
  };
  const message = cloudEventMessage({
    id,
    source,
    type: eventType(kind),
    subject: account,
    time,
    data,
    extensions,
  });
  return { topic: topicOfKind[kind], message };
}

export type ReadEvent = { readonly ok: true; readonly event: SignalboxEvent } | Unreadable;

/**
 * Reads a record of an event topic, from our gateway or from any other producer: CloudEvents in binary or structured mode,
 * with the same checks as at the HTTP door. Identity is the caller's unless the record says otherwise; without a time it
 * happened when the broker took it. Never throws on what came.
 */
export function readEventMessage(
  topic: string,
  { value, headers, timestamp }: Pick<ReceivedRecord, 'value' | 'headers' | 'timestamp'>,
): ReadEvent {
  if (value === null || value.length === 0) return unreadable('empty', 'The record has no value.');
  if (value.length > mostEventBytes)
    return unreadable('too-large', `The value has more than ${mostEventBytes} bytes.`);
  const texts = headerTexts(headers);
  if (texts === undefined) return unreadable('not-utf8', 'A header is not UTF-8.');
  const body = readJson(value);
  if (!body.ok) return body;
  const parts = attributesAndData(texts, body.json);
  if (!parts.ok) return parts;
  const { attributes, data } = parts;

  const read = readAttributes(attributes, data);
  if (!read.ok) return read;
  const { raw } = read;
  if (kindOfTopic(topic) !== raw.kind) {
    return unreadable('kind-does-not-belong-here', `${raw.kind} does not belong on this topic.`);
  }
  const parsed = parseSignalboxEvent({
    ...raw,
    time: raw.time ?? timestamp.toISOString(),
    identity: attributes[extensionNames.identity] ?? 'caller',
    acceptedBy: attributes[extensionNames.acceptedBy],
    mailing: mailingOf(attributes),
  });
  if (!parsed.success) return unreadable('invalid-event', detailOf(parsed.error.issues));
  return { ok: true, event: parsed.data };
}

/** As text of its extension attributes; what is no number is refused by the schema. */
function mailingOf(attributes: CloudEventAttributes): unknown {
  const id = attributes[extensionNames.mailing];
  return id === undefined ? undefined : { id, accounts: Number(attributes[extensionNames.mailingAccounts]) };
}

interface Parts {
  readonly ok: true;
  readonly attributes: CloudEventAttributes;
  readonly data: unknown;
}

/** Kafka protocol binding, section 3: the content type tells the modes apart; foreign clients often send none. */
function attributesAndData(texts: ReadonlyMap<string, string>, json: unknown): Parts | Unreadable {
  const contentType = texts.get('content-type') ?? '';
  const isStructured = /^application\/cloudevents(?:\+json)?\s*(?:;|$)/i.test(contentType);
  if (!isStructured && /^application\/cloudevents/i.test(contentType)) {
    return unreadable('not-a-cloud-event', 'Over Kafka a CloudEvent comes alone and as JSON.');
  }
  const fromHeaders = [...texts].filter(([name]) => name.startsWith('ce_'));
  if (!isStructured && fromHeaders.length > 0) {
    return {
      ok: true,
      attributes: Object.fromEntries(fromHeaders.map(([name, text]) => [name.slice(3), text])),
      data: json,
    };
  }
  if (!isJsonObject(json) || (!isStructured && json.specversion === undefined)) {
    return unreadable('not-a-cloud-event', 'There are neither ce_ headers nor a structured CloudEvent.');
  }
  const data = readStructuredData(json);
  return data.ok ? { ok: true, attributes: json, data: data.json } : data;
}

/** Header names in lower case, each with its first value; undefined when one that we read is not UTF-8. */
function headerTexts(headers: IHeaders): ReadonlyMap<string, string> | undefined {
  const texts = new Map<string, string>();
  for (const [name, held] of Object.entries(headers)) {
    const lowerCase = name.toLowerCase();
    if (lowerCase !== 'content-type' && !lowerCase.startsWith('ce_')) continue;
    const first = Array.isArray(held) ? held[0] : held;
    if (first === undefined) continue;
    const text = typeof first === 'string' ? first : readText(first);
    if (text === undefined) return undefined;
    texts.set(lowerCase, text);
  }
  return texts;
}

/** Enough to find the fault; the rest of a long list says no more. */
const mostIssuesTold = 5;
const mostDetailCharacters = 500;

function detailOf(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  return issues
    .slice(0, mostIssuesTold)
    .map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
    .join('; ')
    .slice(0, mostDetailCharacters);
}
