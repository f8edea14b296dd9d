import type { ApiKeyPrincipal, SignalboxEvent } from '@signalbox/contracts';
import { AcceptAlerts, type DeadReason } from './accept-alerts.js';
import type { PublishResult } from './accept-events.js';

const sender: ApiKeyPrincipal = { kind: 'api-key', id: 'k-1', name: 'prom', scopes: ['events:send'] };
const labels = {
  account: 'account',
  environment: 'environment',
  kind: 'signalbox_kind',
  severity: 'severity',
};
const alert = (changed: object = {}) => ({
  status: 'firing',
  labels: { alertname: 'FeedStale', account: 'acme-tours' },
  annotations: {},
  startsAt: '2026-11-23T09:30:00Z',
  fingerprint: 'f-1',
  ...changed,
});

function setUp(resultOf: (event: SignalboxEvent) => PublishResult = () => ({ outcome: 'accepted' })) {
  const noted: string[] = [];
  const alarms: object[] = [];
  const dead: { text: string; reason: DeadReason }[] = [];
  const letters = {
    isAway: false,
    put(bytes: Buffer, reason: DeadReason) {
      if (this.isAway) return Promise.reject(new Error('away'));
      dead.push({ text: bytes.toString(), reason });
      return Promise.resolve();
    },
  };
  const acceptAlerts = new AcceptAlerts(
    { publish: (events) => Promise.resolve(events.map(resultOf)) },
    letters,
    { note: ({ account }) => void noted.push(account) },
    { now: () => new Date('2026-11-23T09:30:10Z') },
    { warn: () => undefined, error: (line: object) => void alarms.push(line) },
    { labels, mostBytes: 10_000 },
  );
  const send = (body: unknown) =>
    acceptAlerts.execute(
      Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      sender,
      'alertmanager',
    );
  return { send, noted, dead, letters, alarms };
}
const webhook = (...alerts: unknown[]) => ({ version: '4', alerts });

describe('what a monitor sends', () => {
  it('is one event an alert, and a broken one takes none of its neighbours along', async () => {
    const { send, noted, dead } = setUp();
    const broken = alert({ status: 'odd' });
    const body = webhook(alert(), broken, alert({ labels: {} }));
    expect(await send(body)).toEqual({
      outcome: 'accepted',
      answer: { accepted: 2, unmapped: 1, deadLettered: 1 },
    });
    expect(noted).toEqual(['acme-tours', '(unmapped)']);
    expect(dead).toEqual([{ text: JSON.stringify(broken), reason: 'invalid-event' }]);
  });

  it.each([
    ['broken JSON', '{"alerts":', 'not-json'],
    ['nothing', '', 'not-json'],
    ['another shape', '{"alerts":{}}', 'not-a-webhook'],
    ['a list', '[]', 'not-a-webhook'],
    ['more than is read', 'x'.repeat(10_001), 'too-large'],
  ])('is kept as it came when it cannot be read: %s', async (_, body, reason) => {
    const { send, dead } = setUp();
    expect(await send(body)).toEqual({
      outcome: 'accepted',
      answer: { accepted: 0, unmapped: 0, deadLettered: 1 },
    });
    expect(dead).toEqual([{ text: body, reason }]);
  });

  it('is put aside when Kafka refuses it', async () => {
    const { send, dead } = setUp(() => ({ outcome: 'refused', cause: new Error('MESSAGE_TOO_LARGE') }));
    expect(await send(webhook(alert()))).toMatchObject({ answer: { accepted: 0, deadLettered: 1 } });
    expect(dead).toMatchObject([{ reason: 'refused-by-kafka' }]);
  });

  it('is to be sent again when one of it is not known to be accepted', async () => {
    const { send } = setUp(({ account }) =>
      account === 'acme-tours' ? { outcome: 'not-known', cause: new Error('late') } : { outcome: 'accepted' },
    );
    expect(await send(webhook(alert(), alert({ labels: {} })))).toMatchObject({ outcome: 'not-known' });
  });

  it('is to be sent again when what cannot be read is not known to be kept', async () => {
    const { send, letters } = setUp();
    letters.isAway = true;
    expect(await send(webhook(alert(), 'broken'))).toMatchObject({ outcome: 'not-known' });
  });

  it('sounds one alarm a call when any of it was put aside, with counts and nothing of the body', async () => {
    const { send, alarms, letters } = setUp(({ account }) =>
      account === 'acme-tours'
        ? { outcome: 'accepted' }
        : { outcome: 'refused', cause: new Error('MESSAGE_TOO_LARGE') },
    );
    const counts = { accepted: 1, reasons: { 'invalid-event': 2, 'refused-by-kafka': 1 } };
    const line = { event: 'operator.alarm', alarm: 'monitor-unreadable', key: 'k-1', ...counts };
    const body = webhook(alert(), alert({ status: 'odd' }), 'broken', alert({ labels: {} }));
    await send(body);
    expect(alarms).toEqual([{ ...line, deadLettered: 3, notKept: 0 }]);
    letters.isAway = true;
    await send(body);
    expect(alarms.slice(1)).toEqual([{ ...line, deadLettered: 0, notKept: 3 }]);
  });

  it('may be empty, and sounds no alarm when all of it was read', async () => {
    const { send, alarms } = setUp();
    expect(await send(webhook())).toMatchObject({ answer: { accepted: 0, unmapped: 0, deadLettered: 0 } });
    await send(webhook(alert()));
    expect(alarms).toEqual([]);
  });
});
