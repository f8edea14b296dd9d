import { createMetrics, metricDefinitions } from './metrics.js';

const only = { processMetrics: false };

describe('metrics', () => {
  it('are exported by the names and labels of the table', async () => {
    const metrics = createMetrics(only);
    metrics.counter('signalbox_events_accepted_total').inc({ kind: 'emergency' });
    metrics.gauge('signalbox_ledger_difference').set(0);
    metrics.histogram('signalbox_event_to_mail_seconds').observe({ lane: 'emergency' }, 0.2);
    const text = await metrics.registry.metrics();
    expect(text).toContain('signalbox_events_accepted_total{kind="emergency"} 1');
    expect(text).toContain('signalbox_ledger_difference 0');
    expect(text).toContain('signalbox_event_to_mail_seconds_bucket{le="0.25",lane="emergency"} 1');
  });

  it('are one metric however often they are asked for', () => {
    const metrics = createMetrics(only);
    expect(metrics.counter('signalbox_dead_letters_total')).toBe(
      metrics.counter('signalbox_dead_letters_total'),
    );
  });

  it('refuse names of another type and labels that the table does not have', () => {
    const metrics = createMetrics(only);
    // @ts-expect-error a counter is no gauge
    metrics.gauge('signalbox_events_accepted_total');
    // @ts-expect-error the table has no such label
    expect(() => metrics.counter('signalbox_dead_letters_total').inc({ topic: 'x' })).toThrow();
  });

  it('of Node itself are there too', async () => {
    expect(await createMetrics().registry.metrics()).toContain('process_cpu_seconds_total');
  });
});

it.each(Object.entries(metricDefinitions))('%s follows Prometheus’ naming', (name, { type, help }) => {
  expect(name.endsWith('_total')).toBe(type === 'counter');
  if (type === 'histogram') expect(name).toMatch(/_seconds$/);
  expect(help).toMatch(/^[A-Z].*\.$/);
});
