import Decoder from 'kafkajs/src/protocol/decoder.js';
import decodeRecord from 'kafkajs/src/protocol/recordBatch/record/v0/decoder.js';
import encodeRecord from 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
import { foldHeadersInOnePass } from './linear-headers.js';

foldHeadersInOnePass();

function readBack(headers: Record<string, string | string[]>): Record<string, unknown> {
  const record = {
    offsetDelta: 0,
    timestampDelta: 0,
    key: Buffer.from('k'),
    value: Buffer.from('{}'),
    headers,
  };
  const decoder = new Decoder(encodeRecord(record).buffer);
  decoder.readVarInt(); // The length of the record, which the batch reads.
  const read = decodeRecord(decoder, { firstOffset: '0', firstTimestamp: '0' }).headers;
  return Object.fromEntries(
    Object.entries(read).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
}

it('a record with tens of thousands of headers is read, where kafkajs alone takes minutes', () => {
  const headers = Object.fromEntries(
    Array.from({ length: 40_000 }, (_, number) => [`h${number}`, `v${number}`]),
  );
  expect(readBack(headers)).toEqual(headers);
});

it('headers that occur once, twice and three times are read as kafkajs reads them', () => {
  const headers = { once: 'a', twice: ['b', 'c'], thrice: ['d', 'e', 'f'] };
  expect(readBack(headers)).toEqual(headers);
});

it('a header called __proto__ is a header', () => {
  const headers = JSON.parse('{"__proto__": "x", "other": "y"}') as Record<string, string>;
  expect(Object.entries(readBack(headers))).toEqual([
    ['__proto__', 'x'],
    ['other', 'y'],
  ]);
});
