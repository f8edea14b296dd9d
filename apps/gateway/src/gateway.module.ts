import { type DynamicModule, Module } from '@nestjs/common';
import { asyncApiDocument, openApiDocument } from '@signalbox/contracts';
import {
  createDeadLetters,
  createGatheredProducer,
  createKafka,
  kafkaOptionsOf,
  createProducer,
  type KafkaProducer,
} from '@signalbox/messaging';
import {
  createMetrics,
  type Drain,
  healthModule,
  type Log,
  metricsModule,
  sessionCookie,
  systemClock,
} from '@signalbox/runtime';
import { randomUUID } from 'node:crypto';
import { AcceptAlerts } from './accept-alerts.js';
import { AcceptEvents } from './accept-events.js';
import { acceptanceBook } from './acceptance-book.js';
import { alertDeadLetters } from './alert-dead-letters.js';
import type { AlertLabels } from './alertmanager-events.js';
import { ApiKeys } from './api-keys.js';
import { DocsController, documentsToken, type Documents } from './docs.controller.js';
import { EventsController } from './events.controller.js';
import type { GatewayConfig } from './gateway-config.js';
import { HelpController, helpLinksOf, helpLinksToken } from './help.controller.js';
import { kafkaPublisher } from './kafka-publisher.js';
import { MonitorsController } from './monitors.controller.js';
import { type Door, mostMonitorBytes } from './open-door.js';
import { PassOn } from './pass-on.js';
import { answerLost } from './portal/portal-page.js';
import { PortalController, portalToken } from './portal/portal.controller.js';
import type { Portal } from './portal/read-portal.js';
import { registryKeys } from './registry-keys.js';
import { registrySessions, Sessions } from './sessions.js';

export interface GatewayParts {
  readonly config: GatewayConfig;
  readonly log: Log;
  readonly drain: Drain;
  readonly version: string;
  readonly portal: Portal;
}

/** The time in which Kafka has to acknowledge, in milliseconds: a caller is answered within 5 s whatever happens. */
const acknowledgedWithinMs = 4_000;

@Module({})
export class GatewayModule {
  /** The only place that knows every class, and which of them stands behind which interface. */
  static with({ config, log, drain, version, portal }: GatewayParts): DynamicModule {
    const metrics = createMetrics();
    const producer = kafkaProducer(config, log);
    drain.onDrain('kafka', () => producer.close());
    const publisher = kafkaPublisher(createGatheredProducer(producer, { timeoutMs: acknowledgedWithinMs }));
    const letters = createDeadLetters(producer, { timeoutMs: acknowledgedWithinMs });
    const deadLetters = alertDeadLetters(letters, metrics, 'http:/v1/intake');
    const book = acceptanceBook(log, metrics);
    const settings = { labels: labelsOf(config), mostBytes: mostMonitorBytes };

    return {
      module: GatewayModule,
      imports: [
        // The registry is no condition for work: keys that are known go on, and Kafka is all that an event needs.
        healthModule({ checks: { kafka: () => producer.ping() }, isDraining: drain.isDraining }),
        metricsModule(metrics),
      ],
      controllers: [EventsController, MonitorsController, DocsController, HelpController, PortalController],
      providers: [
        { provide: documentsToken, useValue: documents(config, version) },
        { provide: portalToken, useValue: portal },
        { provide: helpLinksToken, useValue: helpLinksOf(config) },
        {
          provide: AcceptEvents,
          useFactory: () => new AcceptEvents(publisher, book, systemClock, randomUUID),
        },
        {
          provide: AcceptAlerts,
          useFactory: () => new AcceptAlerts(publisher, deadLetters, book, systemClock, log, settings),
        },
      ],
    };
  }
}

function kafkaProducer(config: GatewayConfig, log: Log): KafkaProducer {
  return createProducer(createKafka(kafkaOptionsOf(config, 'gateway', log)), { log });
}

/** Who is let in, and where to; it stands before the module's own HTTP. */
export function doorOf(config: GatewayConfig, log: Log, portal: Portal): Door {
  const cookie = sessionCookie(config.PUBLIC_URL);
  return {
    keys: new ApiKeys(registryKeys(config.CONTACT_REGISTRY_URL, config.SIGNING_KEYS)),
    sessions: new Sessions(registrySessions(config.CONTACT_REGISTRY_URL, config.SIGNING_KEYS), cookie),
    publicOrigin: new URL(config.PUBLIC_URL).origin,
    publicPath: new URL(config.PUBLIC_URL).pathname.replace(/\/+$/, ''),
    answerLost: (request, response) => answerLost(portal, request, response),
    passOn: new PassOn(config.SIGNING_KEYS, cookie.name),
    targets: {
      'contact-registry': { name: 'contact-registry', url: config.CONTACT_REGISTRY_URL },
      'notification-router': { name: 'notification-router', url: config.NOTIFICATION_ROUTER_URL },
    },
    log,
  };
}

function labelsOf(config: GatewayConfig): AlertLabels {
  return {
    account: config.LABEL_ACCOUNT,
    environment: config.LABEL_ENVIRONMENT,
    kind: config.LABEL_KIND,
    severity: config.LABEL_SEVERITY,
  };
}

function documents({ PUBLIC_URL }: Pick<GatewayConfig, 'PUBLIC_URL'>, version: string): Documents {
  return { openApi: openApiDocument(PUBLIC_URL, version), asyncApi: asyncApiDocument(version) };
}
