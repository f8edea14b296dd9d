import { deadLetterHeaders, type DeadLetter, type EncodedBytes } from '@signalbox/contracts';
import type { IHeaders } from 'kafkajs';
import { truncatedHeader } from './dead-letters.js';
import type { AddressedMessage } from './producer.js';
import type { ReceivedRecord } from './received-batch.js';

const ours: readonly string[] = [...Object.values(deadLetterHeaders), truncatedHeader];

/** A record of the dead-letter topic as a letter that nobody has looked at. Whatever is in it, it is one. */
export function readDeadLetter({
  partition,
  offset,
  timestamp,
  key,
  value,
  headers,
}: ReceivedRecord): DeadLetter {
  const texts = Object.fromEntries(
    Object.entries(headers).map(([name, held]) => [name, bytesOf(held).toString()]),
  );
  const failedAt = new Date(texts[deadLetterHeaders.failedAt] ?? '');
  return {
    _id: `${partition}-${offset}`,
    reason: texts[deadLetterHeaders.reason] ?? 'not-said',
    from: {
      topic: texts[deadLetterHeaders.topic] ?? '',
      partition: placeIn(texts[deadLetterHeaders.partition]),
      offset: placeIn(texts[deadLetterHeaders.offset]),
    },
    failedAt: Number.isNaN(failedAt.getTime()) ? timestamp : failedAt,
    key,
    headers: Object.entries(headers)
      .filter(([name]) => !ours.includes(name))
      .map(([name, held]) => ({ name, ...encoded(bytesOf(held)) })),
    value: value && encoded(value),
    truncatedFrom: placeIn(texts[truncatedHeader]),
    state: 'open',
    handled: null,
  };
}

/**
 * The record as it first came, for the topic that it came from.
 * @returns undefined for one that came from no topic, or of which a part is gone.
 */
export function replayOf({
  from,
  key,
  headers,
  value,
  truncatedFrom,
}: DeadLetter): AddressedMessage | undefined {
  if (from.partition === null || truncatedFrom !== null) return undefined;
  return {
    topic: from.topic,
    message: {
      key,
      value: value && decoded(value),
      headers: Object.fromEntries(headers.map(({ name, ...held }) => [name, decoded(held)])),
    },
  };
}

function encoded(bytes: Buffer): EncodedBytes {
  const text = bytes.toString('utf8');
  // What is no UTF-8 does not come out as it went in.
  return Buffer.from(text, 'utf8').equals(bytes)
    ? { encoding: 'utf8', text }
    : { encoding: 'latin1', text: bytes.toString('latin1') };
}

const decoded = ({ encoding, text }: EncodedBytes): Buffer => Buffer.from(text, encoding);

/** A header may come twice: our reader takes the first. */
function bytesOf(held: IHeaders[string]): Buffer {
  const first = Array.isArray(held) ? held[0] : held;
  return Buffer.from(first ?? '');
}

/** By HTTP there is neither partition nor offset. */
function placeIn(text: string | undefined): number | null {
  const place = Number(text ?? NaN);
  return Number.isSafeInteger(place) && place >= 0 ? place : null;
}
