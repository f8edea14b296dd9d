import { erasureSteps, firstPlace, placeAfter, type ErasurePlace } from './erasure-steps.js';

describe('an erasure', () => {
  it('does every step twice, in order, and is done', () => {
    const places: ErasurePlace[] = [];
    for (let place: ErasurePlace | 'done' = firstPlace; place !== 'done'; place = placeAfter(place, null))
      places.push(place);
    expect(places.map(({ time, step }) => `${time} ${step}`)).toEqual(
      [1, 2].flatMap((time) => erasureSteps.map((step) => `${time} ${step}`)),
    );
  });

  it('stays with a step until its last page', () => {
    const place = { time: 2, step: 'history', after: 'acme:3' } as const;
    expect(placeAfter(place, 'acme:9')).toEqual({ ...place, after: 'acme:9' });
    expect(placeAfter(place, null)).toEqual({ time: 2, step: 'api-keys', after: null });
  });

  it('takes the address out of the contacts before it masks what was written with them', () => {
    const order = ['stop-telling', 'accounts', 'history', 'dispatches'] as const;
    const places = order.map((step) => erasureSteps.indexOf(step));
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });
});
