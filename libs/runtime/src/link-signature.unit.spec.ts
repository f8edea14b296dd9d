import { idOfSignedToken, signedToken } from './link-signature.js';

const keys = { current: 'a'.repeat(32) };
const token = signedToken(keys, 'acknowledge', 'd1');

describe('the token of a signed link', () => {
  it('says which thing it is about, and needs no escape in an address', () => {
    expect(idOfSignedToken(keys, 'acknowledge', token)).toBe('d1');
    expect(encodeURIComponent(token)).toBe(token);
  });

  it('holds also after the key was changed, and not after it was changed twice', () => {
    expect(idOfSignedToken({ current: 'b'.repeat(32), previous: keys.current }, 'acknowledge', token)).toBe(
      'd1',
    );
    expect(
      idOfSignedToken({ current: 'b'.repeat(32), previous: 'c'.repeat(32) }, 'acknowledge', token),
    ).toBeUndefined();
  });

  it.each([
    ['another id', token.replace('d1', 'd2')],
    ['another signature', `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`],
    ['a part', token.slice(0, -1)],
    ['more than it', `${token}A`],
    ['no signature', 'd1.'],
    ['nothing', ''],
    ['what is no base64url', `d1.${'='.repeat(43)}`],
  ])('does not hold with %s', (_, other) => {
    expect(idOfSignedToken(keys, 'acknowledge', other)).toBeUndefined();
  });
});
