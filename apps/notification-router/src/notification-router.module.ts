import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { hostname } from 'node:os';
import {
  addressHealthMessage,
  createBatchServers,
  createContactOffsets,
  createDeadLetters,
  createEventOffsets,
  createGatheredProducer,
  createKafka,
  kafkaOptionsOf,
  createProducer,
  deliveryOutcomeMessage,
  eventMessage,
  partitionOf,
  SetAside,
  type AddressedMessage,
} from '@signalbox/messaging';
import { noticeKinds } from '@signalbox/contracts';
import { renderEmail } from '@signalbox/mails';
import {
  connectMongo,
  createAccountMailIndexes,
  createAccountMailLimits,
  createAccountMailStore,
  createAddressEraser,
  createAlarmStore,
  createBooks,
  createContactViews,
  createDeadLetterStore,
  createDeliveriesToAdvance,
  createDispatchIndexes,
  createDispatchStore,
  createEventQueries,
  createIntakeExceptions,
  createMailingStore,
  dispatchDatabase,
  openAccountMails,
  pingMongo,
  takeLease,
} from '@signalbox/persistence';
import { checkRedisPolicy, createDeliveryJobs, createRedis, RedisPolicyError } from '@signalbox/queue';
import {
  createKeyedHash,
  createMetrics,
  healthModule,
  metricsModule,
  PrincipalGuard,
  runPeriodically,
  StartError,
  systemClock,
  type Drain,
  type Log,
} from '@signalbox/runtime';
import { AccountPreviews } from './account-previews.js';
import { AcknowledgeEmergency } from './acknowledge-emergency.js';
import { AcknowledgementsController } from './acknowledgements.controller.js';
import { AdvanceDispatches } from './advance-dispatches.js';
import { AdvanceDue } from './advance-due.js';
import { ApplyContacts } from './apply-contacts.js';
import { CancelMailings } from './cancel-mailings.js';
import { ConfirmMailing } from './confirm-mailing.js';
import { ContactsConsumer } from './contacts.consumer.js';
import { ContactsInForce } from './contacts-in-force.js';
import { DeadLettersConsumer, lettersToRecord } from './dead-letters.consumer.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { EmergenciesController } from './emergencies.controller.js';
import { EraseAddress } from './erase-address.js';
import { EventsConsumer } from './events.consumer.js';
import { EventsController } from './events.controller.js';
import { ExplainEvent } from './explain-event.js';
import { FollowContacts } from './follow-contacts.js';
import { FollowInBackground } from './follow-in-background.js';
import { HandleDeadLetters } from './handle-dead-letters.js';
import { InternalController } from './internal.controller.js';
import { KeepBooks } from './keep-books.js';
import { ListAlarms } from './list-alarms.js';
import { MailAlarms } from './mail-alarms.js';
import { OfferJobs } from './offer-jobs.js';
import { NoticesController } from './notices.controller.js';
import { PreviewEvent } from './preview-event.js';
import { PreviewMailing } from './preview-mailing.js';
import { PublishMailings } from './publish-mailings.js';
import { ReadDeadLetters } from './read-dead-letters.js';
import { ReadMailings } from './read-mailings.js';
import { RaiseAlarms } from './raise-alarms.js';
import { createRegistryClient } from './registry-client.js';
import { ReportOutcomes } from './report-outcomes.js';
import { ResolveEmergency } from './resolve-emergency.js';
import { RouteEvents } from './route-events.js';
import type { RouterConfig } from './router-config.js';
import { SteerMailing } from './steer-mailing.js';
import { Sweep } from './sweep.js';
import { TellOperators } from './tell-operators.js';

/** How often each pass runs, in milliseconds. One router of many does the sweeping and the reporting, by lease. */
const passes = {
  reportOutcomes: 250,
  mailings: 500,
  due: 1_000,
  alarms: 1_000,
  sweep: 15_000,
  books: 60_000,
  gauges: 5_000,
} as const;
const leaseMs = {
  reportOutcomes: 5_000,
  mailings: 10_000,
  due: 5_000,
  alarms: 5_000,
  sweep: 20_000,
} as const;

/** Shorter than the lease, so that who publishes a part still holds it. */
const publishTimeoutMs = 4_000;

/** Builds the router and hands out its consumers, which start when everything else is up. This file knows every class. */
export async function createNotificationRouter(config: RouterConfig, log: Log, drain: Drain) {
  const by = `notification-router@${hostname()}:${process.pid}`;
  const clock = systemClock;
  const hash = createKeyedHash(config.ID_KEY);
  const metrics = createMetrics();
  const operatorsMailbox = config.OPERATORS_MAILBOX;

  const connection = await connectMongo({
    url: config.MONGO_URL,
    database: dispatchDatabase,
    onAway: (err) => log.warn({ event: 'mongo.away', err }, 'mongo.away'),
  });
  await createDispatchIndexes(connection);
  const dispatches = createDispatchStore(connection);
  await dispatches.makeDue();
  const views = createContactViews(connection);
  const exceptions = createIntakeExceptions(connection);
  const mailings = createMailingStore(connection);
  const toAdvance = createDeliveriesToAdvance(connection);

  const kafka = createKafka(kafkaOptionsOf(config, 'notification-router', log));
  const producer = createProducer(kafka, { log });
  const deadLetters = createDeadLetters(producer);
  const contactOffsets = createContactOffsets(kafka);
  const eventOffsets = createEventOffsets(kafka);

  await refuseForgetfulRedis(config.REDIS_URL, log);
  const queue = createDeliveryJobs(config.REDIS_URL, (err) =>
    log.warn({ event: 'redis.away', err }, 'redis.away'),
  );
  const offered = new OfferJobs(queue, log);

  const registry = createRegistryClient(config.CONTACT_REGISTRY_URL, config.SIGNING_KEYS);
  const contacts = new ContactsInForce(contactOffsets, views, registry, { partitionOf, log });
  const letters = createDeadLetterStore(connection);
  const alarmStore = createAlarmStore(connection);
  const accountMails = openAccountMails(connection);
  await createAccountMailIndexes(accountMails);
  const operators = new TellOperators({ limits: createAccountMailLimits(accountMails), hash });
  const alarms = new RaiseAlarms({
    alarms: alarmStore,
    onRaised: ({ alarm }) => metrics.counter('signalbox_operator_alarms_total').inc({ alarm }),
    clock,
    log,
  });
  const advance = new AdvanceDispatches({
    dispatches,
    contacts: views,
    jobs: offered,
    alarms,
    clock,
    hash,
    operatorsMailbox,
    by,
    log,
  });
  const follow = new FollowContacts({ views, dispatches, advance });
  const followInBackground = new FollowInBackground(follow, log);
  const applyContacts = new ApplyContacts({ views, registry, log });
  const routed = metrics.counter('signalbox_events_routed_total');
  const routeEvents = new RouteEvents({
    contacts,
    dispatches,
    jobs: offered,
    exceptions,
    mailings,
    advance,
    alarms,
    operators,
    follow,
    onRouted: ({ event, state }) => routed.inc({ kind: event.kind, outcome: state }),
    clock,
    hash,
    operatorsMailbox,
    by,
    log,
  });
  const setAside = new SetAside({
    deadLetters,
    exceptions,
    onSetAside: (reason) => metrics.counter('signalbox_dead_letters_total').inc({ reason }),
    clock,
    log,
  });
  /** Messages of one topic, in one send. */
  const sendAll = async (addressed: readonly AddressedMessage[]): Promise<void> => {
    const [first] = addressed;
    if (first)
      await producer.send(
        first.topic,
        addressed.map(({ message }) => message),
      );
  };
  const reportOutcomes = new ReportOutcomes({
    log,
    deliveries: toAdvance,
    dispatches,
    advance,
    outcomes: { publish: (outcomes) => sendAll(outcomes.map(deliveryOutcomeMessage)) },
    addressHealth: {
      publish: (observed) =>
        sendAll(observed.map(({ delivery, health }) => addressHealthMessage(delivery, health))),
    },
    hash,
  });
  const mailAlarms = new MailAlarms({
    alarms: alarmStore,
    operators,
    dispatches,
    mails: createAccountMailStore(accountMails),
    jobs: queue,
    operatorsMailbox,
    hash,
    clock,
    log,
  });
  const advanceDue = new AdvanceDue({ dispatches, advance, log });
  const sweep = new Sweep({
    deliveries: toAdvance,
    dispatches,
    advance,
    jobs: queue,
    leftBehind: offered,
    marker: { isPresent: () => queue.isQueueMarkerPresent(), set: () => queue.setQueueMarker() },
    log,
  });
  const rendering = { publicUrl: config.PUBLIC_URL, signingKeys: config.SIGNING_KEYS };
  const previewMailing = new PreviewMailing({
    accounts: new AccountPreviews({ views, contacts, operatorsMailbox, clock }),
    mailings,
    render: (delivery, dispatch, now) => renderEmail(delivery, dispatch, rendering, now),
    hash,
    clock,
  });
  const gathered = createGatheredProducer(producer, { timeoutMs: publishTimeoutMs });
  const cancelMailings = new CancelMailings({ mailings, dispatches, advance, log });
  const publishMailings = new PublishMailings({
    mailings,
    events: {
      publish: async (events) => {
        const messages = events.map(eventMessage);
        await Promise.all(messages.map(({ topic, message }) => gathered.publish(topic, message)));
      },
    },
    hash,
    clock,
    log,
  });
  const keepBooks = new KeepBooks({ offsets: eventOffsets, books: createBooks(connection), clock });

  const lanes = createBatchServers(kafka, 'notification-router', log);
  const servers = lanes.map(({ server }) => server);

  const onlyOne = async (name: string, forMs: number, run: () => Promise<boolean | void>): Promise<boolean> =>
    (await takeLease(connection, name, by, forMs)) && (await run()) === true;
  const running = [
    runPeriodically(
      'report-outcomes',
      passes.reportOutcomes,
      () => onlyOne('report-outcomes', leaseMs.reportOutcomes, () => reportOutcomes.execute()),
      log,
    ),
    runPeriodically('due', passes.due, () => onlyOne('due', leaseMs.due, () => advanceDue.execute()), log),
    runPeriodically(
      'notices',
      passes.mailings,
      () =>
        onlyOne('notices', leaseMs.mailings, async () => {
          const hasPublished = await publishMailings.execute(noticeKinds);
          return (await cancelMailings.execute()) || hasPublished;
        }),
      log,
    ),
    runPeriodically(
      'emergencies',
      passes.mailings,
      () => onlyOne('emergencies', leaseMs.mailings, () => publishMailings.execute(['emergency'])),
      log,
    ),
    runPeriodically(
      'alarms',
      passes.alarms,
      () => onlyOne('alarms', leaseMs.alarms, () => mailAlarms.execute()),
      log,
    ),
    runPeriodically(
      'sweep',
      passes.sweep,
      () =>
        // Who left jobs behind sweeps also without the lease: only that process knows.
        offered.hasLeftBehind() ? sweep.execute() : onlyOne('sweep', leaseMs.sweep, () => sweep.execute()),
      log,
    ),
    runPeriodically(
      'books',
      passes.books,
      async () => metrics.gauge('signalbox_ledger_difference').set((await keepBooks.execute()).difference),
      log,
    ),
    runPeriodically(
      'gauges',
      passes.gauges,
      async () => {
        for (const { queue: name, state, jobs } of await queue.counts()) {
          metrics.gauge('signalbox_queue_jobs').set({ queue: name, state }, jobs);
        }
        metrics.gauge('signalbox_deliveries_overdue').set(await toAdvance.countOverdue(60_000));
        for (const { consumer, server } of lanes) {
          metrics.gauge('signalbox_consumer_lag').set({ consumer }, server.totalLag());
        }
      },
      log,
    ),
  ];

  drain.onDrain('consumers', () => Promise.all(servers.map((server) => server.close())));
  drain.onDrain('passes', () => Promise.all(running.map((pass) => pass.stop())));
  drain.onDrain('following', () => followInBackground.settled());
  drain.onDrain('queue', () => queue.close());
  drain.onDrain('kafka', () => Promise.all([contactOffsets.close(), eventOffsets.close(), producer.close()]));
  drain.onDrain('mongo', () => connection.close());

  const module: DynamicModule = {
    module: NotificationRouterModule,
    imports: [
      metricsModule(metrics),
      healthModule({
        isDraining: drain.isDraining,
        checks: {
          mongo: () => pingMongo(connection),
          ...Object.fromEntries(
            lanes.map(({ consumer, server }) => [`kafka-${consumer}`, () => server.ping()]),
          ),
        },
      }),
    ],
    controllers: [
      EventsController,
      DeadLettersController,
      AcknowledgementsController,
      EmergenciesController,
      NoticesController,
      InternalController,
      EventsConsumer,
      ContactsConsumer,
      DeadLettersConsumer,
    ],
    providers: [
      { provide: APP_GUARD, useFactory: () => new PrincipalGuard(config.SIGNING_KEYS) },
      { provide: RouteEvents, useValue: routeEvents },
      { provide: SetAside, useValue: setAside },
      { provide: ApplyContacts, useValue: applyContacts },
      { provide: FollowInBackground, useValue: followInBackground },
      { provide: ExplainEvent, useValue: new ExplainEvent(createEventQueries(connection)) },
      { provide: PreviewMailing, useValue: previewMailing },
      {
        provide: ConfirmMailing,
        useValue: new ConfirmMailing({ mailings, preview: previewMailing, clock, log }),
      },
      { provide: ReadMailings, useValue: new ReadMailings({ mailings, dispatches, hash }) },
      {
        provide: SteerMailing,
        useValue: new SteerMailing({ mailings, log }),
      },
      {
        provide: ResolveEmergency,
        useValue: new ResolveEmergency({ mailings, hash, clock, log }),
      },
      {
        provide: PreviewEvent,
        useValue: new PreviewEvent({
          contacts,
          operatorsMailbox,
          operators,
          clock,
        }),
      },
      { provide: lettersToRecord, useValue: letters },
      { provide: ReadDeadLetters, useValue: new ReadDeadLetters(letters) },
      {
        provide: HandleDeadLetters,
        useValue: new HandleDeadLetters({
          letters,
          topics: { send: ({ topic, message }) => producer.send(topic, [message]) },
          clock,
          log,
        }),
      },
      { provide: ListAlarms, useValue: new ListAlarms({ alarms: alarmStore, dispatches }) },
      { provide: KeepBooks, useValue: keepBooks },
      {
        provide: AcknowledgeEmergency,
        useValue: new AcknowledgeEmergency({ dispatches, advance, keys: config.SIGNING_KEYS, clock, log }),
      },
      {
        provide: EraseAddress,
        useValue: new EraseAddress({ eraser: createAddressEraser(connection), hash, by }),
      },
    ],
  };
  return { module, servers };
}

/** A Redis that may throw jobs away is refused; one that is away now is not: recording does not wait for it. */
async function refuseForgetfulRedis(url: string, log: Log): Promise<void> {
  const redis = createRedis(url, 'worker');
  const limit = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('no answer')), 2_000).unref(),
  );
  try {
    await Promise.race([checkRedisPolicy(redis), limit]);
  } catch (error) {
    if (error instanceof RedisPolicyError) throw new StartError(error.message, { cause: error });
    log.warn({ event: 'redis.away', err: error }, 'redis.away');
  } finally {
    redis.disconnect();
  }
}

@Module({})
export class NotificationRouterModule {}
