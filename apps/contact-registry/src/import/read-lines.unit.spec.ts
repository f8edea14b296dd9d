import { readLines, type Line } from './read-lines.js';

async function linesOf(pieces: readonly (string | Buffer)[], mostBytes = 10): Promise<[number, string][]> {
  async function* stream(): AsyncGenerator<Buffer> {
    for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
  }
  const lines: Line[] = [];
  for await (const line of readLines(stream(), mostBytes)) lines.push(line);
  return lines.map(({ number, content }) => [number, 'text' in content ? content.text : content.broken]);
}

describe('the lines of a stream', () => {
  it.each<[string, (string | Buffer)[], [number, string][]]>([
    [
      'in one piece',
      ['a\nb\n'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'without a last line feed',
      ['a\nb'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'over many pieces',
      ['a', 'b\nc', '', 'd', '\n'],
      [
        [1, 'ab'],
        [2, 'cd'],
      ],
    ],
    ['with blank ones, which are counted', ['\n\r\na\n \n'], [[3, 'a']]],
    ['with one of exactly the most', ['0123456789\n'], [[1, '0123456789']]],
    [
      'with one that is too long, in pieces',
      ['01234', '5678', '9x', 'y\nb\n'],
      [
        [1, 'too-long'],
        [2, 'b'],
      ],
    ],
    [
      'ending in one that is too long',
      ['a\n0123456789x'],
      [
        [1, 'a'],
        [2, 'too-long'],
      ],
    ],
    ['with a character cut in two', [Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a])], [[1, 'é']]],
    [
      'with bytes that are no UTF-8',
      [Buffer.from([0xff, 0x0a]), 'b\n'],
      [
        [1, 'not-utf-8'],
        [2, 'b'],
      ],
    ],
    ['with a byte order mark', ['\ufeffa\n'], [[1, 'a']]],
    ['of nothing', [], []],
  ])('%s', async (_, pieces, expected) => {
    expect(await linesOf(pieces)).toEqual(expected);
  });
});
