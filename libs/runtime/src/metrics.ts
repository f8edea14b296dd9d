import { Controller, Get, Header, type DynamicModule } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds in the metric's unit, for histograms. */
  readonly buckets?: readonly number[];
}

/** Every metric of ours. A process exports those that it asks for. */
export const metricDefinitions = {
  signalbox_events_accepted_total: {
    type: 'counter',
    help: 'Events acknowledged by Kafka and answered with 202.',
    labels: ['kind'],
  },
  signalbox_events_routed_total: {
    type: 'counter',
    help: 'Events decided, by what the decision was.',
    labels: ['kind', 'outcome'],
  },
  signalbox_deliveries_total: {
    type: 'counter',
    help: 'Deliveries that have ended, by how.',
    labels: ['category', 'outcome'],
  },
  signalbox_account_mails_total: {
    type: 'counter',
    help: 'Account mails that have ended, by how.',
    labels: ['kind', 'outcome'],
  },
  signalbox_event_to_mail_seconds: {
    type: 'histogram',
    help: 'From the acceptance of an event to the mail server accepting its mail.',
    labels: ['lane'],
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800],
  },
  signalbox_contact_change_in_force_seconds: {
    type: 'histogram',
    help: 'From the write of a contact change to its being in force.',
    labels: [],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
  },
  signalbox_consumer_lag: {
    type: 'gauge',
    help: 'Messages that a consumer has still to take.',
    labels: ['consumer'],
  },
  signalbox_queue_jobs: {
    type: 'gauge',
    help: 'Jobs in Redis.',
    labels: ['queue', 'state'],
  },
  signalbox_deliveries_overdue: {
    type: 'gauge',
    help: 'Deliveries whose next attempt should have been made.',
    labels: [],
  },
  signalbox_ledger_difference: {
    type: 'gauge',
    help: 'What the two books disagree by; anything but 0 is a loss.',
    labels: [],
  },
  signalbox_operator_alarms_total: {
    type: 'counter',
    help: 'Alarms about events, by what they are about.',
    labels: ['alarm'],
  },
  signalbox_dead_letters_total: {
    type: 'counter',
    help: 'Messages put aside because they could not be read, by reason.',
    labels: ['reason'],
  },
} as const satisfies Record<`signalbox_${string}`, MetricDefinition>;

export type MetricName = keyof typeof metricDefinitions;
type LabelOf<N extends MetricName> = (typeof metricDefinitions)[N]['labels'][number];
type NameOf<T extends MetricDefinition['type']> = {
  [N in MetricName]: (typeof metricDefinitions)[N]['type'] extends T ? N : never;
}[MetricName];

/** One registry a process. A metric is made when it is first asked for; names and labels are checked by the table. */
export interface Metrics {
  readonly registry: Registry;
  counter<N extends NameOf<'counter'>>(name: N): Counter<LabelOf<N>>;
  gauge<N extends NameOf<'gauge'>>(name: N): Gauge<LabelOf<N>>;
  histogram<N extends NameOf<'histogram'>>(name: N): Histogram<LabelOf<N>>;
}

/** @param options `processMetrics: false` leaves out Node's own (event loop, memory, descriptors); specs do. */
export function createMetrics({
  processMetrics = true,
}: { readonly processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const once = <M>(name: MetricName, make: (settings: MetricSettings) => M): M =>
    (registry.getSingleMetric(name) as M | undefined) ?? make(settingsOf(name, registry));
  return {
    registry,
    counter: (name) => once(name, (settings) => new Counter(settings)),
    gauge: (name) => once(name, (settings) => new Gauge(settings)),
    histogram: (name) => once(name, (settings) => new Histogram(settings)),
  };
}

/** `/metrics` in Prometheus' text format. */
export function metricsModule(metrics: Metrics): DynamicModule {
  @Controller('metrics')
  class MetricsController {
    @Get()
    @Header('Content-Type', metrics.registry.contentType)
    async show(): Promise<string> {
      return metrics.registry.metrics();
    }
  }
  class MetricsModule {}
  return { module: MetricsModule, controllers: [MetricsController] };
}

interface MetricSettings {
  name: string;
  help: string;
  labelNames: string[];
  registers: Registry[];
  buckets?: number[];
}

function settingsOf(name: MetricName, registry: Registry): MetricSettings {
  const { help, labels, buckets }: MetricDefinition = metricDefinitions[name];
  return {
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    ...(buckets === undefined ? {} : { buckets: [...buckets] }),
  };
}
