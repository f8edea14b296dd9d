import { hostname } from 'node:os';
import type { DynamicModule } from '@nestjs/common';
import type { nextAttempt } from '@signalbox/domain';
import { renderEmail } from '@signalbox/mails';
import {
  accountMailDatabase,
  connectMongo,
  createAccountMailClaims,
  createAccountMailIndexes,
  createDeliveryClaims,
  dispatchDatabase,
  openAccountMails,
  pingMongo,
  takeLease,
} from '@signalbox/persistence';
import {
  checkRedisPolicy,
  createDeliveryJobs,
  createDeliveryWorkers,
  createRedis,
  RedisPolicyError,
} from '@signalbox/queue';
import {
  createEncryption,
  createMetrics,
  healthModule,
  metricsModule,
  runPeriodically,
  StartError,
  systemClock,
  type Drain,
  type Log,
} from '@signalbox/runtime';
import { AccountMailComposer } from './account-mail/account-mail-composer.js';
import { reportAccountMails } from './account-mail/report-account-mails.js';
import { SweepAccountMails } from './account-mail/sweep-account-mails.js';
import { DeliverEmail, type DeliverEmailTiming } from './deliver-email.js';
import { EmailJobsProcessor } from './email-jobs.processor.js';
import type { EmailWorkerConfig } from './email-worker-config.js';
import { EventMails } from './event-mails.js';
import { keepClaims } from './keep-claims.js';
import { reportAttempts } from './report-attempts.js';
import { createMailSender } from './send-mail.js';
import { watchRelay } from './watch-relay.js';

class EmailWorkerModule {}

/** What specs set otherwise than a process does. */
export interface EmailWorkerOptions {
  readonly timing?: WorkerTiming;
  readonly database?: string;
  readonly accountMails?: string;
}

export interface WorkerTiming extends DeliverEmailTiming {
  /** When a delivery is tried again. */
  readonly schedule?: typeof nextAttempt;
  readonly sweepEveryMs?: number;
}

/** One worker of many sweeps, by a lease that outlasts a pass. */
const usualSweepEveryMs = 15_000;
const sweepLeaseMs = 20_000;

/** The one file that knows every part of the email worker. */
export async function emailWorkerModule(
  config: EmailWorkerConfig,
  log: Log,
  drain: Drain,
  { timing = {}, database = dispatchDatabase, accountMails = accountMailDatabase }: EmailWorkerOptions = {},
): Promise<DynamicModule> {
  const onRedisAway = (error: Error): void => log.warn({ event: 'redis.away', err: error }, 'redis.away');
  await refuseForgetfulRedis(config.REDIS_URL, onRedisAway);
  const mongo = await connectMongo({
    url: config.MONGO_URL,
    database,
    onAway: (error) => log.warn({ event: 'mongo.away', err: error }, 'mongo.away'),
  });
  const metrics = createMetrics();
  const by = `email-worker ${hostname()}:${process.pid}`;
  const claims = createDeliveryClaims(mongo, { by });
  const accountMailStore = openAccountMails(mongo, accountMails);
  await createAccountMailIndexes(accountMailStore);
  const accountMailClaims = createAccountMailClaims(accountMailStore, { by });
  const onNotRenewed = (error: unknown): void =>
    log.warn({ event: 'claims.not-renewed', err: error }, 'claims.not-renewed');
  const keeper = keepClaims(claims, onNotRenewed);
  const accountMailKeeper = keepClaims(accountMailClaims, onNotRenewed);
  const [smtpUrl = ''] = config.SMTP_URL;
  const sender = createMailSender({ smtpUrl, from: config.MAIL_FROM });
  const jobs = createDeliveryJobs(config.REDIS_URL, onRedisAway);
  const settings = { publicUrl: config.PUBLIC_URL, signingKeys: config.SIGNING_KEYS };
  const shared = { sender, jobs, clock: systemClock, timing };
  const deliverEmail = new DeliverEmail({
    ...shared,
    claims,
    keeper,
    mails: new EventMails(
      claims,
      (delivery, dispatch, now) => renderEmail(delivery, dispatch, settings, now),
      timing.schedule,
    ),
    report: reportAttempts(log, metrics),
  });
  const accountMailReport = reportAccountMails(log, metrics);
  const deliverAccountMail = new DeliverEmail({
    ...shared,
    claims: accountMailClaims,
    keeper: accountMailKeeper,
    mails: new AccountMailComposer(createEncryption(config.ENCRYPTION_KEYS), settings),
    report: accountMailReport,
  });
  const processor = new EmailJobsProcessor(deliverEmail, deliverAccountMail, (handlers) =>
    createDeliveryWorkers(config.REDIS_URL, handlers, {
      onError: (error, lane) => log.warn({ event: 'queue.error', lane, err: error }, 'queue.error'),
    }),
  );
  const sweep = new SweepAccountMails({ mails: accountMailClaims, jobs, report: accountMailReport, log });
  const sweeping = runPeriodically(
    'sweep-account-mails',
    timing.sweepEveryMs ?? usualSweepEveryMs,
    async () =>
      (await takeLease(accountMailStore, 'sweep-account-mails', by, sweepLeaseMs)) && sweep.execute(),
    log,
  );
  const relayWatch = watchRelay(sender, log);

  // Jobs first, since the outcome of what runs needs all the others.
  drain.onDrain('email jobs', () => processor.drain());
  drain.onDrain('account mail sweep', () => sweeping.stop());
  drain.onDrain('mail server', async () => {
    await relayWatch.stop();
    sender.close();
  });
  drain.onDrain('redis', () => jobs.close());
  drain.onDrain('mongo', () => {
    keeper.stop();
    accountMailKeeper.stop();
    return mongo.close();
  });

  return {
    module: EmailWorkerModule,
    imports: [
      // A mail server that is away is told by the log and mends itself: jobs wait, so the process stays ready.
      healthModule({
        checks: { mongo: () => pingMongo(mongo), redis: () => jobs.ping() },
        isDraining: drain.isDraining,
      }),
      metricsModule(metrics),
    ],
    providers: [{ provide: EmailJobsProcessor, useFactory: () => processor }],
  };
}

async function refuseForgetfulRedis(url: string, onAway: (error: Error) => void): Promise<void> {
  const redis = createRedis(url, 'worker', onAway);
  try {
    await checkRedisPolicy(redis);
  } catch (error) {
    throw error instanceof RedisPolicyError ? new StartError(error.message, { cause: error }) : error;
  } finally {
    redis.disconnect();
  }
}
