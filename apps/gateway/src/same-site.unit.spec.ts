import { isOwnSite } from './same-site.js';

const own = 'https://signalbox.example';

describe('a request that changes something', () => {
  it.each([
    // origin, sec-fetch-site, with a session, without one
    [own, undefined, true, true],
    [own, 'same-origin', true, true],
    [undefined, 'same-origin', true, true],
    [undefined, 'none', true, true],
    [undefined, undefined, false, true],
    ['https://evil.example', undefined, false, false],
    ['https://evil.example', 'same-origin', false, false],
    ['https://sub.signalbox.example', 'same-site', false, false],
    ['http://signalbox.example', undefined, false, false],
    ['https://signalbox.example:8443', undefined, false, false],
    ['https://signalbox.example.evil.example', undefined, false, false],
    ['null', undefined, false, false],
    [own, 'cross-site', false, false],
    [own, 'same-site', false, false],
    [undefined, 'cross-site', false, false],
    [undefined, 'same-site', false, false],
    [undefined, 'anything new', false, false],
  ])(
    'from origin %s and site %s passes with a session: %s, without: %s',
    (origin, site, withOne, without) => {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const request = { method, headers: { origin, 'sec-fetch-site': site } };
        expect(isOwnSite(request, own, true)).toBe(withOne);
        expect(isOwnSite(request, own, false)).toBe(without);
      }
    },
  );

  it.each(['GET', 'HEAD'])('is not %s, which may come from anywhere', (method) => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect(isOwnSite({ method, headers }, own, true)).toBe(true);
  });
});
