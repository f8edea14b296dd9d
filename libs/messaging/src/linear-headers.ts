import Decoder from 'kafkajs/src/protocol/decoder.js';

interface Header {
  readonly key: string;
  readonly value: unknown;
}

/**
 * kafkajs 2.2.4 folds the headers of a record into an object by spreading what it has so far into a new one, header by
 * header. That is quadratic and runs on the event loop: 5,000 headers, some tens of kilobytes that anybody may produce,
 * held it for 14 s, past the session of every consumer of the process, again and again, in all lanes. Here the list of
 * headers folds itself in one pass to the same result; kafkajs uses this array for headers alone.
 */
class HeaderList extends Array<Header> {
  override reduce(): never {
    const headers: Record<string, unknown> = {};
    for (const { key, value } of this) {
      const held = Object.hasOwn(headers, key) ? headers[key] : undefined;
      if (Array.isArray(held)) {
        held.push(value);
        continue;
      }
      const next = held === undefined ? value : [held, value];
      // Defined and not assigned, as a spread does: `__proto__` is a name like any other here.
      Object.defineProperty(headers, key, {
        value: next,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return headers as never;
  }
}

/** Takes effect for every client of this process; called when the module that makes clients is loaded. */
export function foldHeadersInOnePass(): void {
  const { prototype } = Decoder;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with the decoder as `this` below
  const { readVarIntArray } = prototype;
  if (readVarIntArray.name === 'readHeaderList') return;
  prototype.readVarIntArray = function readHeaderList(reader) {
    return HeaderList.from(readVarIntArray.call(this, reader));
  };
}
