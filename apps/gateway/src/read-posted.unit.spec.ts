import { readPosted } from './read-posted.js';

const now = new Date('2026-11-23T09:30:00Z');
const read = (body: unknown, mostBytes = 10_000) =>
  readPosted(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), 'prometheus', {
    mostBytes,
    now,
  });
const alert = (changes: object = {}) => ({
  labels: { alertname: 'FeedStale', account: 'acme-tours' },
  annotations: {},
  startsAt: '2026-11-23T09:00:00Z',
  generatorURL: 'http://prometheus.example/graph',
  ...changes,
});

describe('what Prometheus posts to an Alertmanager', () => {
  it.each([
    ['an end that each repeat moves on', { endsAt: '2026-11-23T09:34:00.5Z' }, 'firing'],
    ['no end', {}, 'firing'],
    ['an end that is not set, as Go writes it', { endsAt: '0001-01-01T00:00:00Z' }, 'firing'],
    ['an end that is no instant', { endsAt: 'soon' }, 'firing'],
    ['an end that has come', { endsAt: '2026-11-23T09:29:59.999Z' }, 'resolved'],
    ['an end right now', { endsAt: '2026-11-23T09:30:00Z' }, 'resolved'],
    ['a status of its own', { status: 'firing', endsAt: '2026-11-23T09:00:00Z' }, 'firing'],
  ])('has no status: one with %s is taken so', (_, changes, status) => {
    expect(read([alert(changes)])).toEqual({ outcome: 'read', alerts: [{ ...alert(changes), status }] });
  });

  it('is one alert an item, broken ones with them', () => {
    expect(read([alert(), 7, null])).toMatchObject({ alerts: [{ status: 'firing' }, 7, null] });
  });

  it.each([
    ['no JSON', '[', 'not-json'],
    ['a webhook', { version: '4', alerts: [] }, 'not-a-webhook'],
    ['more than is read', 'x'.repeat(10_001), 'too-large'],
  ])('is unreadable when it is %s', (_, body, reason) => {
    expect(read(body)).toMatchObject({ outcome: 'unreadable', reason });
  });
});
