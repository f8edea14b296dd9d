import { hostname } from 'node:os';
import type { DynamicModule } from '@nestjs/common';
import { connectMongo, createDeliveryClaims, dispatchDatabase, pingMongo } from '@signalbox/persistence';
import {
  checkRedisPolicy,
  createDeliveryJobs,
  createDeliveryWorkers,
  createRedis,
  RedisPolicyError,
} from '@signalbox/queue';
import {
  createMetrics,
  healthModule,
  metricsModule,
  StartError,
  systemClock,
  type Drain,
  type Log,
} from '@signalbox/runtime';
import { DeliverEmail, type DeliverEmailTiming } from './deliver-email.js';
import { EmailJobsProcessor } from './email-jobs.processor.js';
import type { EmailWorkerConfig } from './email-worker-config.js';
import { keepClaims } from './keep-claims.js';
import { renderEmail } from './render-email.js';
import { reportAttempts } from './report-attempts.js';
import { createMailSender } from './send-mail.js';
import { watchRelay } from './watch-relay.js';

class EmailWorkerModule {}

/** What specs set otherwise than a process does. */
export interface EmailWorkerOptions {
  readonly timing?: DeliverEmailTiming;
  readonly database?: string;
}

/** The one file that knows every part of the email worker. */
export async function emailWorkerModule(
  config: EmailWorkerConfig,
  log: Log,
  drain: Drain,
  { timing, database = dispatchDatabase }: EmailWorkerOptions = {},
): Promise<DynamicModule> {
  const onRedisAway = (error: Error): void => log.warn({ event: 'redis.away', err: error }, 'redis.away');
  await refuseForgetfulRedis(config.REDIS_URL, onRedisAway);
  const mongo = await connectMongo({
    url: config.MONGO_URL,
    database,
    onAway: (error) => log.warn({ event: 'mongo.away', err: error }, 'mongo.away'),
  });
  const metrics = createMetrics();
  const claims = createDeliveryClaims(mongo, { by: `email-worker ${hostname()}:${process.pid}` });
  const keeper = keepClaims(claims, (error) =>
    log.warn({ event: 'claims.not-renewed', err: error }, 'claims.not-renewed'),
  );
  const [smtpUrl = ''] = config.SMTP_URL;
  const sender = createMailSender({ smtpUrl, from: config.MAIL_FROM });
  const jobs = createDeliveryJobs(config.REDIS_URL, onRedisAway);
  const deliverEmail = new DeliverEmail(
    claims,
    keeper,
    {
      render: (delivery, dispatch, now) =>
        renderEmail(delivery, dispatch, { publicUrl: config.PUBLIC_URL }, now),
      send: (mail, signal, isOurs) => sender.send(mail, signal, isOurs),
    },
    jobs,
    reportAttempts(log, metrics),
    systemClock,
    timing,
  );
  const processor = new EmailJobsProcessor(deliverEmail, (handlers) =>
    createDeliveryWorkers(config.REDIS_URL, handlers, {
      onError: (error, lane) => log.warn({ event: 'queue.error', lane, err: error }, 'queue.error'),
    }),
  );
  const relayWatch = watchRelay(sender, log);

  // Jobs first, since the outcome of what runs needs all the others.
  drain.onDrain('email jobs', () => processor.drain());
  drain.onDrain('mail server', async () => {
    await relayWatch.stop();
    sender.close();
  });
  drain.onDrain('redis', () => jobs.close());
  drain.onDrain('mongo', () => {
    keeper.stop();
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
