/** The part of kafkajs's own decoder that linear-headers.ts mends. */
declare module 'kafkajs/src/protocol/decoder.js' {
  interface Decoder {
    readVarIntArray(
      reader: (decoder: Decoder) => unknown,
    ): { readonly key: string; readonly value: unknown }[];
  }
  const Decoder: { readonly prototype: Decoder; new (buffer: Buffer): Decoder & { readVarInt(): number } };
  export default Decoder;
}

/** For the spec of linear-headers.ts: one record, written and read. */
declare module 'kafkajs/src/protocol/recordBatch/record/v0/index.js' {
  const encodeRecord: (record: {
    offsetDelta: number;
    timestampDelta: number;
    key: Buffer;
    value: Buffer;
    headers: Record<string, string | string[]>;
  }) => { readonly buffer: Buffer };
  export default encodeRecord;
}
declare module 'kafkajs/src/protocol/recordBatch/record/v0/decoder.js' {
  const decodeRecord: (
    decoder: unknown,
    batch: { firstOffset: string; firstTimestamp: string },
  ) => { readonly headers: Record<string, Buffer | Buffer[]> };
  export default decodeRecord;
}
