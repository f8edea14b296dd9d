import { splitToken } from './link-token.js';

describe('the token of a link', () => {
  it.each([
    ['https://box.example/sign-in?token=abc', 'abc', '/sign-in'],
    ['https://box.example/box/sign-in?next=%2Fusers&token=abc#top', 'abc', '/box/sign-in?next=%2Fusers#top'],
    ['https://box.example/sign-in?token=', '', '/sign-in'],
    ['https://box.example/sign-in', undefined, '/sign-in'],
  ])('is taken out of %s, and the rest stays', (url, token, rest) => {
    expect(splitToken(new URL(url))).toEqual({ token, rest });
  });
});
