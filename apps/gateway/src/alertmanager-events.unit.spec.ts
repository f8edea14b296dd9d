import { type ApiKeyPrincipal, parseSignalboxEvent, type SignalboxEvent } from '@signalbox/contracts';
import { readAlert, type AlertContext } from './alertmanager-events.js';

const sender: ApiKeyPrincipal = {
  kind: 'api-key',
  id: 'k-1',
  name: 'prometheus eu',
  scopes: ['events:send'],
};
const labels = {
  account: 'account',
  environment: 'environment',
  kind: 'signalbox_kind',
  severity: 'severity',
};
const context: AlertContext = { labels, sender, now: new Date('2026-11-23T11:00:00Z') };

/** One of the alerts of a webhook that Alertmanager 0.25 sent. */
const firing = {
  status: 'firing',
  labels: {
    account: 'acme-tours',
    alertname: 'FeedStale',
    environment: 'production',
    instance: 'feed-3:9100',
    job: 'feeds',
    severity: 'critical',
  },
  annotations: {
    description: 'No inventory feed for 30 minutes.\nLast one: 09:00.',
    runbook_url: 'https://runbooks.example/feed-stale',
    summary: 'Inventory feed is stale',
  },
  startsAt: '2026-11-23T09:30:00.123456789Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example/graph?g0.expr=up',
  fingerprint: '7f1c3a2b9d8e4f60',
};
const resolved = { ...firing, status: 'resolved', endsAt: '2026-11-23T10:15:00Z' };

function eventOf(alert: unknown, within: AlertContext = context): SignalboxEvent {
  const read = readAlert(alert, within);
  if (read.outcome === 'event') return read.event;
  throw new Error(read.detail);
}
const withLabels = (changed: Record<string, string | undefined>) =>
  JSON.parse(JSON.stringify({ ...firing, labels: { ...firing.labels, ...changed } })) as unknown;
const withAnnotations = (annotations: Record<string, string>) => ({ ...firing, annotations });

describe('an alert of Alertmanager', () => {
  it('is one event of ours', () => {
    expect(eventOf(firing)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      source: 'urn:signalbox:monitor:prometheus%20eu',
      kind: 'production-incident',
      account: 'acme-tours',
      time: '2026-11-23T09:30:00.123Z',
      identity: 'monitor',
      acceptedBy: 'k-1',
      data: {
        environment: 'production',
        title: 'Inventory feed is stale',
        summary: 'No inventory feed for 30 minutes.\nLast one: 09:00.',
        severity: 'critical',
        status: 'firing',
        details: { alertname: 'FeedStale', instance: 'feed-3:9100', job: 'feeds' },
        links: [
          { label: 'Runbook', url: 'https://runbooks.example/feed-stale' },
          { label: 'Source of the alert', url: 'http://prometheus.example/graph?g0.expr=up' },
        ],
      },
    });
  });

  it('has the same id however often it is repeated, whatever moves meanwhile', () => {
    const repeats = [
      { ...firing, endsAt: '2026-11-23T12:00:00Z' },
      withAnnotations({ summary: 'Inventory feed is stale since 31 minutes' }),
      { ...firing, generatorURL: 'http://other.example/' },
      { ...firing, startsAt: '2026-11-23T10:30:00.123+01:00' },
    ];
    for (const repeat of repeats) expect(eventOf(repeat).id).toBe(eventOf(firing).id);
  });

  it('without a fingerprint is known by its labels, in whatever order', () => {
    const bare = { ...firing, fingerprint: undefined };
    const turned = { ...bare, labels: Object.fromEntries(Object.entries(bare.labels).reverse()) };
    expect(eventOf(turned).id).toBe(eventOf(bare).id);
    expect(eventOf({ ...bare, labels: { ...bare.labels, job: 'other' } }).id).not.toBe(eventOf(bare).id);
    expect(eventOf({ ...bare, fingerprint: '' }).id).toBe(eventOf(bare).id);
  });

  it('has another id when it starts again, ends, or is another one', () => {
    const ids = [
      firing,
      resolved,
      { ...firing, startsAt: '2026-11-23T09:31:00Z' },
      { ...firing, fingerprint: '0000000000000000' },
    ].map((alert) => eventOf(alert).id);
    expect(new Set(ids).size).toBe(4);
  });

  it('that is resolved ends the event of when it fired, and happened when it ended', () => {
    const { id, source } = eventOf(firing);
    expect(eventOf(resolved)).toMatchObject({
      time: '2026-11-23T10:15:00.000Z',
      data: { status: 'resolved', resolves: { source, id } },
    });
    expect(eventOf({ ...resolved, endsAt: firing.endsAt }).time).toBe('2026-11-23T11:00:00.000Z');
    expect(eventOf({ ...resolved, endsAt: 'soon' }).time).toBe('2026-11-23T11:00:00.000Z');
  });

  it.each([
    ['critical', 'critical'],
    ['page', 'critical'],
    ['Warning', 'warning'],
    ['info', 'info'],
    ['P3', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('severity %p is %p', (severity, expected) => {
    expect(eventOf(withLabels({ severity })).data.severity).toBe(expected);
  });

  it.each([
    ['emergency', 'emergency'],
    [' Matching-Issue ', 'matching-issue'],
    [undefined, 'production-incident'],
    ['party', 'production-incident'],
  ])('kind %p is %p', (kind, expected) => {
    const event = eventOf(withLabels({ signalbox_kind: kind }));
    expect(event.kind).toBe(expected);
    expect(event.data.details?.signalbox_note).toEqual(
      kind === 'party' ? '"party" is no kind of event; taken as production-incident.' : undefined,
    );
  });

  it('of another kind keeps what it resolves', () => {
    const all = { ...resolved, labels: { ...resolved.labels, signalbox_kind: 'emergency' } };
    expect(eventOf(all)).toMatchObject({ kind: 'emergency', data: { resolves: { id: eventOf(firing).id } } });
  });

  it.each([
    ['sandbox', 'sandbox', undefined],
    ['Production', 'production', undefined],
    [undefined, 'production', undefined],
    ['staging', 'production', 'The environment "staging" is not known; taken as production.'],
  ])('environment %p is %p', (environment, expected, note) => {
    const { data } = eventOf(withLabels({ environment }));
    expect(data.environment).toBe(expected);
    expect(data.details?.signalbox_note).toEqual(note);
  });

  it.each([
    [undefined, 'The alert names no account.'],
    ['  ', 'The alert names no account.'],
    ['acme\ntours', 'The account label of the alert cannot be the name of an account.'],
    ['a'.repeat(201), 'The account label of the alert cannot be the name of an account.'],
  ])('whose account is %p goes to the operators', (account, note) => {
    expect(eventOf(withLabels({ account }))).toMatchObject({
      account: '(unmapped)',
      data: { details: { signalbox_note: note } },
    });
  });

  it.each([
    ['account', { accounts: ['nova-stays'] }],
    ['environment', { environments: ['sandbox'] as 'sandbox'[] }],
    ['kind', { kinds: ['matching-issue'] as 'matching-issue'[] }],
  ])('that the key may not send (%s) goes to the operators, not to the partner', (limit, limits) => {
    const event = eventOf(firing, { ...context, sender: { ...sender, limits } });
    expect(event.account).toBe('(unmapped)');
    expect(event.data.details?.signalbox_note).toBe(
      `The monitor's key may not send this (${limit}); the alert has account "acme-tours".`,
    );
  });

  it('is read by the labels that the settings name', () => {
    const names = { account: 'partner', environment: 'stage', kind: 'what', severity: 'level' };
    const alert = {
      ...firing,
      labels: { partner: 'nova-stays', stage: 'sandbox', what: 'emergency', level: 'info', account: 'x' },
    };
    expect(eventOf(alert, { ...context, labels: names })).toMatchObject({
      account: 'nova-stays',
      kind: 'emergency',
      data: { environment: 'sandbox', severity: 'info', details: { account: 'x' } },
    });
  });

  it.each([
    [{ summary: 'S', description: 'D' }, 'S'],
    [{ summary: ' \n ', description: 'D' }, 'D'],
    [{}, 'FeedStale'],
    [{ summary: 'two\r\nlines\u202e and a trick' }, 'two lines and a trick'],
    [{ summary: 'x'.repeat(300) }, `${'x'.repeat(199)}…`],
    [{ summary: `${'x'.repeat(198)}😀😀` }, `${'x'.repeat(198)}…`],
  ])('with annotations %j has the title %j', (annotations, title) => {
    expect(eventOf(withAnnotations(annotations)).data.title).toBe(title);
  });

  it('that says nothing at all has a title all the same', () => {
    const bare = { status: 'firing', labels: {}, startsAt: '2026-11-23T09:30:00Z' };
    expect(eventOf(bare)).toMatchObject({ account: '(unmapped)', data: { title: 'Alert without a name' } });
  });

  it.each(['javascript:alert(1)', 'ftp://x', 'not a link', `http://a/${'x'.repeat(2_000)}`])(
    'has no link to %p',
    (url) => {
      const alert = { ...firing, generatorURL: url, annotations: { summary: 'S', runbook_url: url } };
      expect(eventOf(alert).data.links).toBeUndefined();
    },
  );

  it('with hostile labels is an event that our own schema takes', () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, place) => [`label_${place}`, 'v'.repeat(9_000)]),
    );
    const hostile = JSON.parse(
      `{"__proto__":"a","constructor":"b","":"c","signalbox_note":"d","toString":"e","${'n'.repeat(500)}":"f"}`,
    ) as Record<string, string>;
    const alert = withLabels({ account: '<script>', environment: '\u0000', ...many });
    const event = eventOf(alert);
    expect(Object.keys(event.data.details ?? {})).toHaveLength(50);
    expect(event.data.details?.signalbox_note).toContain('taken as production');
    const other = eventOf({
      ...firing,
      labels: { ...firing.labels, ...hostile },
      annotations: { description: '\u0007'.repeat(20_000) },
    });
    expect(Object.hasOwn(other.data.details ?? {}, '__proto__')).toBe(false);
    expect(other.data.details?.signalbox_note).toBeUndefined();
    for (const one of [event, other]) expect(parseSignalboxEvent({ ...one }).success).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(100_000);
  });

  it.each([
    ['a text', 'alert'],
    ['null', null],
    ['no labels', { ...firing, labels: undefined }],
    ['labels that are numbers', { ...firing, labels: { account: 7 } }],
    ['another status', { ...firing, status: 'suppressed' }],
    ['no start', { ...firing, startsAt: undefined }],
    ['a start that is none', { ...firing, startsAt: 'yesterday' }],
    ['a start out of all time', { ...firing, startsAt: '9999-12-31T23:59:59-23:00' }],
  ])('that cannot be read (%s) is no event, and is not thrown at anybody', (_, alert) => {
    expect(readAlert(alert, context).outcome).toBe('unreadable');
  });
});
