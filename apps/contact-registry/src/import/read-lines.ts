export interface Line {
  /** From 1 on; lines without anything in them are counted and left out. */
  readonly number: number;
  readonly content: { readonly text: string } | { readonly broken: 'too-long' | 'not-utf-8' };
}

const lineFeed = 0x0a;

/** Cuts a stream of bytes into lines. It holds one line at most, and of one that is too long nothing. */
export async function* readLines(pieces: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<Line> {
  const line = openLine(mostBytes);
  let number = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, from)) {
      line.add(piece.subarray(from, end));
      from = end + 1;
      number += 1;
      const content = line.close();
      if (!isBlank(content)) yield { number, content };
    }
    line.add(piece.subarray(from));
  }
  const content = line.close();
  if (!isBlank(content)) yield { number: number + 1, content };
}

const isBlank = (content: Line['content']): boolean => 'text' in content && content.text.trim() === '';

function openLine(mostBytes: number) {
  let parts: Buffer[] = [];
  let bytes = 0;
  return {
    add(part: Buffer): void {
      bytes += part.length;
      if (bytes > mostBytes) parts = [];
      else parts.push(part);
    },
    close(): Line['content'] {
      const content = bytes > mostBytes ? ({ broken: 'too-long' } as const) : textOf(Buffer.concat(parts));
      parts = [];
      bytes = 0;
      return content;
    },
  };
}

/** A byte order mark is left out. */
function textOf(bytes: Buffer): Line['content'] {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { broken: 'not-utf-8' };
  }
}
