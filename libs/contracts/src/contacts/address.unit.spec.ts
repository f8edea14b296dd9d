import fc from 'fast-check';
import { EmailAddress, mailboxOf, parseAddress } from '../index.js';

const reasonOf = (text: string): string | undefined => {
  const parsed = parseAddress(text);
  return parsed.ok ? undefined : parsed.reason;
};

describe('an address', () => {
  it.each([
    ['page@acme-tours.example', 'page@acme-tours.example', 'as it is'],
    ['\t page@acme-tours.example \t', 'page@acme-tours.example', 'without the spaces and tabs around it'],
    ['Page@ACME-Tours.Example', 'Page@acme-tours.example', 'with its domain in lower case'],
    ['page+night@acme.example', 'page+night@acme.example', 'with its plus-tag'],
    ["o'neill!#$%&*/=?^_`{|}~-@acme.example", "o'neill!#$%&*/=?^_`{|}~-@acme.example", 'by HTML’s grammar'],
    ['a%b@acme.example', 'a%b@acme.example', 'with a percent sign, which routes nothing any more'],
    ['a!b@acme.example', 'a!b@acme.example', 'with an exclamation mark'],
    ['=?b@acme.example', '=?b@acme.example', 'with the beginning of no encoded word'],
    ['a@bücher.example', 'a@xn--bcher-kva.example', 'with its domain as A-labels'],
    ['a@faß.example', 'a@xn--fa-hia.example', 'with letters that UTS 46 keeps'],
    ['a@例え.テスト', 'a@xn--r8jz45g.xn--zckzah', 'with a domain of another script'],
    ['a@نامه\u200cای.example', 'a@xn--mgba3gch31f060k.example', 'with a joiner that its script needs'],
    ['a@क्\u200dष.example', 'a@xn--11b2ezcw70k.example', 'with the other joiner'],
    ['a@acme。example', 'a@acme.example', 'with another script’s dot'],
    ['a@ａｃｍｅ.example', 'a@acme.example', 'with full-width letters in the domain'],
    ['a@⑫.example', 'a@12.example', 'with what is compatible with digits'],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example', 'with A-labels'],
    ['a@1.example', 'a@1.example', 'with a label of digits that is not the last'],
    [`${'a'.repeat(64)}@acme.example`, `${'a'.repeat(64)}@acme.example`, 'with 64 octets before the @'],
    [`a@${'b'.repeat(63)}.example`, `a@${'b'.repeat(63)}.example`, 'with 63 octets in a label'],
  ])('%j becomes %j: %s', (text, address) => {
    expect(parseAddress(text)).toEqual({ ok: true, address });
    expect(EmailAddress.parse(text)).toBe(address);
  });

  const label = 'b'.repeat(63);
  it.each([
    ['"ana souza"@acme.example', 'quoted'],
    ['"a"@acme.example', 'quoted'],
    ['ana(souza)@acme.example', 'comments'],
    ['ana@acme.example(souza)', 'comments'],
    ['ana@[192.0.2.1]', 'address literals'],
    ['ana@[IPv6:::1]', 'address literals'],
    ['Ana <ana@acme.example>', 'one plain address'],
    ['<ana@acme.example>', 'one plain address'],
    ['ana@acme.example,bo@acme.example', 'one plain address'],
    ['ana@acme.example; bo@acme.example', 'one plain address'],
    ['mailto:ana@acme.example', 'one plain address'],
    ['@relay.example:ana@acme.example', 'one plain address'],
    ['ana@acme.example:25', 'one plain address'],
    ['ana souza@acme.example', 'one plain address'],
    ['ana\\@acme.example', 'one plain address'],
    ['=?utf-8?q?ana?=@acme.example', 'encoded words'],
    ['ana@acme.example\r\nBcc: bo@acme.example', 'control'],
    ['ana@acme.example\u0000', 'control'],
    ['ana@acme.example\n', 'control'],
    ['ana@acme.example\r\n', 'control'],
    ['ana@acme.example\u2028', 'control'],
    ['ana@acme.example\ufeff', 'control'],
    ['\ufeffana@acme.example', 'control'],
    ['\nana@acme.example', 'control'],
    ['ana@acme.example\u00a0', 'one plain address'],
    ['ana\u007f@acme.example', 'control'],
    ['ana@ac\u202eme.example', 'control'],
    ['ana@ac\u061cme.example', 'control'],
    ['ana@ac\u00adme.example', 'control'],
    ['ana@ac\u2060me.example', 'control'],
    ['ana@ac\u034fme.example', 'control'],
    ['ana@ac\ufe0fme.example', 'control'],
    ['ana@ac\u200cme.example', 'control'],
    ['ana@acme\u200d.example', 'control'],
    ['ana@نامه\u200c.example', 'control'],
    ['an\u200ca@نامه\u200cای.example', 'control'],
    ['a@نامه\u200cای.example\u200c', 'control'],
    ['an\u200ba@acme.example', 'control'],
    ['an\u3164a@acme.example', 'control'],
    ['ana\ud800@acme.example', 'control'],
    ['ana@acme\ud800.example', 'control'],
    ['aná@acme.example', 'letters outside ASCII'],
    ['ａna@acme.example', 'letters outside ASCII'],
    ['.ana@acme.example', 'dots'],
    ['ana.@acme.example', 'dots'],
    ['ana..souza@acme.example', 'dots'],
    ['ana@bo@acme.example', 'do not allow'],
    ['ana', 'looks like'],
    ['@acme.example', 'looks like'],
    ['ana@', 'looks like'],
    ['', 'looks like'],
    ['ana@localhost', 'domain name with a dot'],
    ['ana@acme.example.', 'domain name with a dot'],
    ['ana@acme.example。', 'domain name with a dot'],
    ['ana@.acme.example', 'domain name with a dot'],
    ['ana@acme..example', 'domain name with a dot'],
    ['ana@-acme.example', 'domain name with a dot'],
    ['ana@acme-.example', 'domain name with a dot'],
    ['ana@ac_me.example', 'domain name with a dot'],
    ['ana@acme.example/x', 'domain name with a dot'],
    ['ana@acme.example?x', 'domain name with a dot'],
    ['ana@acme.example#x', 'domain name with a dot'],
    ['ana@ac%6de.example', 'domain name with a dot'],
    ['ana@192.0.2.1', 'domain name with a dot'],
    ['ana@127.1', 'domain name with a dot'],
    ['ana@0x7f.1', 'domain name with a dot'],
    ['ana@0300.0250.0.1', 'domain name with a dot'],
    ['ana@１２７.１', 'domain name with a dot'],
    ['ana@acme.123', 'domain name with a dot'],
    ['ana@acme.0x1', 'domain name with a dot'],
    ['ana@xn--a.example', 'domain name with a dot'],
    ['ana@xn--.example', 'domain name with a dot'],
    [`ana@b${label}.example`, 'domain name with a dot'],
    [`a@${[label, label, label, label].join('.')}`, 'domain name with a dot'],
    [`${'a'.repeat(65)}@acme.example`, 'at most 64 octets'],
    [`${'a'.repeat(64)}@${[label, label, label].join('.')}`, 'at most 254 octets'],
    ['=?'.repeat(100_000), 'at most 254 octets'],
  ])('%j is refused with the reason (%s)', (text, reason) => {
    expect(reasonOf(text)).toContain(reason);
    const { error } = EmailAddress.safeParse(text);
    expect(error?.issues.at(-1)).toMatchObject({ params: { code: 'invalid-address' } });
    expect(error?.issues.at(-1)?.message).toBe(`is not taken: ${reasonOf(text)}`);
  });
});

describe('whatever is typed', () => {
  const special = [
    '@',
    '.',
    '-',
    '+',
    '"',
    '(',
    '[',
    ']',
    '<',
    ',',
    ' ',
    '%',
    '\r\n',
    '\u00ad',
    '。',
    'ß',
    'é',
    '٣',
    '0x7f',
  ];
  const piece = fc.oneof(
    fc.constantFrom('acme.example', 'ana', 'xn--bcher-kva', 'BÜCHER', ...special),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const anything = fc.oneof(
    fc.emailAddress(),
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.tuple(fc.array(piece), fc.array(piece)).map((sides) => sides.map((side) => side.join('')).join('@')),
    fc.tuple(fc.constantFrom('ana', 'page+1'), piece, piece).map(([a, b, c]) => `${a}@${b}${c}.example`),
  );

  it('what is taken stays as it is when it is read again, and is one word within the limits', () => {
    let taken = 0;
    fc.assert(
      fc.property(anything, (text) => {
        const parsed = parseAddress(text);
        if (!parsed.ok) return;
        taken += 1;
        const { address } = parsed;
        expect(parseAddress(address)).toEqual(parsed);
        expect(address).toMatch(/^[!-~]+$/);
        expect(address).not.toMatch(/[\s<>,;:"()[\]\\]/);
        const [localPart = '', domain = '', ...more] = address.split('@');
        expect(more).toEqual([]);
        expect(localPart.length).toBeLessThanOrEqual(64);
        expect(domain.length).toBeLessThanOrEqual(253);
        expect(address.length).toBeLessThanOrEqual(254);
        expect(domain).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
        expect(mailboxOf(address)).toBe(address.toLowerCase());
      }),
      { numRuns: 3_000 },
    );
    expect(taken).toBeGreaterThan(300);
  });
});
