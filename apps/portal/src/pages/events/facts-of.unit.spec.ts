import { factsOf } from './facts-of.js';

describe('what is shown of an event’s data', () => {
  it('is each field that says something, by what it holds', () => {
    const data = {
      title: 't',
      severity: 'critical',
      status: 'firing',
      impact: 'No bookings',
      summary: '',
      deadline: '2027-02-01T00:00:00Z',
      details: { feed: 'v2' },
      links: [{ label: 'Runbook', url: 'https://docs.example/runbook' }],
      resolves: { source: 'urn:one', id: 'e1' },
    };
    expect(factsOf(data)).toEqual({
      severity: 'critical',
      status: 'firing',
      texts: [['impact', 'No bookings']],
      instants: [['deadline', '2027-02-01T00:00:00Z']],
      details: [['feed', 'v2']],
      links: data.links,
      resolves: data.resolves,
    });
  });

  it.each([
    [{ links: [{ label: 'Runbook', url: 'javascript:alert(1)' }] }],
    [{ links: 'no list', severity: 'loud', status: 3, details: ['x'], impact: { a: 1 }, resolves: 'e1' }],
    [{}],
  ])('is nothing of %j', (data) => {
    expect(factsOf(data)).toEqual({
      severity: undefined,
      status: undefined,
      texts: [],
      instants: [],
      details: [],
      links: [],
      resolves: undefined,
    });
  });
});
