import { EmailAddress } from './address.js';
import { erasedAddress, isErasedAddress, withoutAddress } from './erased-address.js';

const mask = erasedAddress('0123456789abcdef0123456789abcdef');

const inFullWidth = (text: string) =>
  text.replace(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));

describe('an erased address', () => {
  it('is an address, the same for one hash, and known as erased', () => {
    expect(mask).toBe('0123456789abcdef@erased.invalid');
    expect(EmailAddress.parse(mask)).toBe(mask);
    expect([isErasedAddress(mask), isErasedAddress('ana@acme.example')]).toEqual([true, false]);
  });

  it.each([
    ['write to ana.souza+x@acme.example.', `write to ${mask}.`],
    ['ANA.Souza+X@ACME.example', mask],
    ['mailto:ana.souza+x@acme.example?subject=1', `mailto:${mask}?subject=1`],
    ['https://a.example/?to=ana.souza%2Bx%40acme.example', `https://a.example/?to=${mask}`],
    ['<ana.souza+x@acme.example>,b', `<${mask}>,b`],
    ['diana.souza+x@acme.example', 'diana.souza+x@acme.example'],
    ['i.ana.souza+x@acme.example', 'i.ana.souza+x@acme.example'],
    ['ana.souza+x@acme.example.org', 'ana.souza+x@acme.example.org'],
    ["o'ana.souza+x@acme.example", "o'ana.souza+x@acme.example"],
    ['user=ana.souza+x@acme.example', `user=${mask}`],
    ['users/ana.souza+x@acme.example', `users/${mask}`],
    ['a%20ana.souza+x@acme.example', `a%20${mask}`],
    ["'ana.souza+x@acme.example'", `'${mask}'`],
    ['anaXsouza+x@acme.example', 'anaXsouza+x@acme.example'],
    ['?q=mail%20ana.souza%2Bx%40acme.example&b=1', `?q=mail%20${mask}&b=1`],
    ['%3Cana.souza%2Bx%40acme.example%3E', `%3C${mask}%3E`],
    ['{"text":"\\nana.souza+x@acme.example"}', `{"text":"\\n${mask}"}`],
    ['by _ana.souza+x@acme.example_', `by _${mask}_`],
    ['by __ana.souza+x@acme.example__', `by __${mask}__`],
    ['请联系ana.souza+x@acme.example。谢谢', `请联系${mask}。谢谢`],
    ['to ana.souza+x@acme.example．次', `to ${mask}．次`],
    ['to ana.souza+x@acme.example.Спасибо', `to ${mask}.Спасибо`],
    ['x_ana.souza+x@acme.example', 'x_ana.souza+x@acme.example'],
    ['Écrivez à ana.souza+x@acme.example.Merci', `Écrivez à ${mask}.Merci`],
    ['to Ana.Souza+x@acme.example.I am away', `to ${mask}.I am away`],
    ['to ana.souza+x@acme.example.À bientôt', `to ${mask}.À bientôt`],
    ['ana.souza+x@acme.example.merci', 'ana.souza+x@acme.example.merci'],
    ['ana.souza+x@acme.example.COM', 'ana.souza+x@acme.example.COM'],
    ['ana.souza+x@acme.example.B2b', 'ana.souza+x@acme.example.B2b'],
    ['ana.souza+x@acme.example.A.com', 'ana.souza+x@acme.example.A.com'],
    ['Ana.Souza+x@Acme.Example.Org', 'Ana.Souza+x@Acme.Example.Org'],
    ['to ana.souza+x＠acme.example', `to ${mask}`],
    ['to ana.souza+x﹫acme.example', `to ${mask}`],
    ['?to=ana.souza%2Bx%EF%BC%A0acme.example', `?to=${mask}`],
    [String.raw`{"to":"ana.souza+x\uff20acme.example"}`, `{"to":"${mask}"}`],
    [String.raw`{"to":"ana.souza+x\u0040acme.example"}`, `{"to":"${mask}"}`],
    ['宛先：ａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅ', `宛先：${mask}`],
    [
      'ｄｉａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅ',
      'ｄｉａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅ',
    ],
    ['ａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅ。', `${mask}。`],
    ['ａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅ．次', `${mask}．次`],
    [
      'ａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅ．ｏｒｇ',
      'ａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅ．ｏｒｇ',
    ],
    [
      'ａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅｓ',
      'ａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅｓ',
    ],
    [
      'ａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅ－１',
      'ａｎａ．ｓｏｕｚａ＋ｘ＠ａｃｍｅ．ｅｘａｍｐｌｅ－１',
    ],
    ['to ana.souza+x@acme.exampleＡＢＣ社', `to ${mask}ＡＢＣ社`],
    ['ｄｉana.souza+x@acme.example', 'ｄｉana.souza+x@acme.example'],
  ])('stands for it in %j', (text, expected) => {
    expect(withoutAddress(text, 'ana.souza+x@acme.example', mask)).toBe(expected);
  });

  it.each([
    ['schreib an ana@münchen.example.', `schreib an ${mask}.`],
    ['ANA@MÜNCHEN.Example, oder', `${mask}, oder`],
    ['to ana@xn--mnchen-3ya.example or ana@mu\u0308nchen.example', `to ${mask} or ${mask}`],
    ['to ana@münchen\uff0eexample', `to ${mask}`],
    ['mailto:ana%40m%C3%BCnchen.example?subject=1', `mailto:${mask}?subject=1`],
    ['?to=ana@m%c3%bcnchen.example%20', `?to=${mask}%20`],
    [String.raw`{"to":"ana@m\u00fcnchen.example\u000a"}`, String.raw`{"to":"${mask}\u000a"}`],
    ['to ana@münchen.exampleへ', `to ${mask}へ`],
    ['an ana@münchen.example.Danke', `an ${mask}.Danke`],
    ['?to=ana@m%C3%BCnchen.example.Danke', `?to=${mask}.Danke`],
    ['to ana@MÜNCHEN.example.Org', 'to ana@MÜNCHEN.example.Org'],
    ['to ana@münchen.example.org', 'to ana@münchen.example.org'],
    ['to ana@münchen.examples', 'to ana@münchen.examples'],
    ['to ana@münchen.example-1', 'to ana@münchen.example-1'],
    ['to ana@munchen.example', 'to ana@munchen.example'],
    ['to diana@münchen.example', 'to diana@münchen.example'],
    [`to ana@${'ü'.repeat(100_000)}`, `to ana@${'ü'.repeat(100_000)}`],
  ])('stands for it in %j, whose domain is written in letters of its language', (text, expected) => {
    expect(withoutAddress(text, 'ana@xn--mnchen-3ya.example', mask)).toBe(expected);
    expect(withoutAddress({ [text]: 1 }, 'ana@xn--mnchen-3ya.example', mask)).toEqual({ [expected]: 1 });
  });

  it.each([
    'به ana@نامه\u200cای.example بنویسید',
    'به ANA@نامه\u200cای.EXAMPLE\u200c بنویسید',
    '?to=ana%40%D9%86%D8%A7%D9%85%D9%87%E2%80%8C%D8%A7%DB%8C.example',
    String.raw`{"to":"ana@\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.example"}`,
  ])('stands for it in %j, whose domain has a joiner', (text) => {
    const found = withoutAddress(text, 'ana@xn--mgba3gch31f060k.example', mask);
    expect(found).toContain(mask);
    expect(found).not.toMatch(/ana|example/i);
  });

  it.each(['rosa-maria@acme-tours.example', 'a@xn--bcher-kva.example', "o'x|y/z{1}$^*?@b-c.example"])(
    'stands for %s, whatever characters it has',
    (address) => {
      expect(withoutAddress(`to ${address}, and`, address, mask)).toBe(`to ${mask}, and`);
      const wide = inFullWidth(address);
      expect(withoutAddress(`to ${wide}, and`, address, mask)).toBe(`to ${mask}, and`);
    },
  );

  it('leaves another address alone where an address is held, whatever it begins with', () => {
    const held = { email: 'user=a@b.example', details: { login: 'user=a@b.example' } };
    const expected = { email: 'user=a@b.example', details: { login: `user=${mask}` } };
    expect(withoutAddress(held, 'a@b.example', mask)).toEqual(expected);
  });

  it('stands for it at any depth, in names too, and leaves everything else as it was', () => {
    const at = new Date();
    const value = {
      details: { 'a@b.example': 'of A@b.example', n: 1 },
      links: [{ url: 'x' }],
      at,
      none: null,
    };
    expect(withoutAddress(value, 'a@b.example', mask)).toEqual({
      ...{ details: { [mask]: `of ${mask}`, n: 1 }, links: [{ url: 'x' }], at, none: null },
    });
  });
});
