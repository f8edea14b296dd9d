import { parseSignalboxEvent } from './signalbox-event.js';

const half = '\ud83d';
const envelope = {
  ...{ id: 'e-1', source: 'spec', account: 'acme-tours', identity: 'caller' },
  time: '2026-11-28T00:00:00Z',
};
const data = (kind: string, change: object) =>
  parseSignalboxEvent({ ...envelope, kind, data: { environment: 'production', title: 't', ...change } });

describe('half a surrogate pair, which a sender leaves who cuts a text', () => {
  it.each([
    ['emergency', { summary: `cut${half}` }, { summary: 'cut\ufffd' }],
    ['emergency', { impact: `cut${half}` }, { impact: 'cut\ufffd' }],
    ['emergency', { details: { [`a${half}`]: `b${half}` } }, { details: { 'a\ufffd': 'b\ufffd' } }],
    [
      'emergency',
      { links: [{ label: half, url: 'https://a.example' }] },
      { links: [{ label: '\ufffd', url: 'https://a.example' }] },
    ],
    [
      'merchant-complaint',
      { merchantName: half, complaint: half },
      { merchantName: '\ufffd', complaint: '\ufffd' },
    ],
    ['user-escalation', { reason: half }, { reason: '\ufffd' }],
  ])('loses no %s: %j is %j', (kind, change, read) => {
    expect(data(kind, change)).toMatchObject({ success: true, data: { data: read } });
  });

  it('leaves whole pairs alone', () => {
    expect(data('emergency', { summary: '😀' })).toMatchObject({ data: { data: { summary: '😀' } } });
  });

  it('is refused in a title, which stands in a subject', () => {
    expect(data('emergency', { title: half }).success).toBe(false);
  });
});
