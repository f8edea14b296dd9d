import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import {
  connectMongo,
  createAccountMailIndexes,
  createDispatchIndexes,
  openAccountMails,
} from '@signalbox/persistence';
import { createDeliveryJobs, createRedis, type DeliveryJobs } from '@signalbox/queue';
import { createLog, readConfig, runApp, type RunningApp } from '@signalbox/runtime';
import { eventually, newId } from '@signalbox/testing';
import { EmailWorkerConfig } from './email-worker-config.js';
import { emailWorkerModule, type WorkerTiming } from './email-worker.module.js';

// A whole worker, its engines and a mail server, for specs. The name ends in .spec.ts so that it is no part of the build.

/** What secrets of account mails are sealed with; the worker knows both. */
export const encryptionKeys = { current: 'c'.repeat(32), previous: 'p'.repeat(32) };

/** What the server answers to a recipient who is named for the nth time; they are taken when nothing is said. */
type Answer = (address: string, time: number) => { code: number; text: string } | undefined;

interface MailServer {
  readonly url: string;
  /** With the return path of each; empty when it was the null one. */
  readonly mails: { readonly from: string; readonly mail: Email }[];
  refuse(answer: Answer): void;
  /** Lets no mail be accepted until the function returned is called. */
  hold(): () => void;
  /** How many mails wait for that. */
  readonly held: number;
  stop(): Promise<void>;
}

export interface WorkerStage {
  readonly dispatches: Connection;
  readonly accountMails: Connection;
  readonly redis: Redis;
  readonly jobs: DeliveryJobs;
  /** A new one for each test, as are the lines. */
  readonly mailServer: MailServer;
  readonly logged: readonly Record<string, unknown>[];
  /** A worker as main.ts starts it, in this process, which ends with the test. */
  startWorker(timing?: WorkerTiming): Promise<RunningApp>;
}

/** Gives a spec file databases of its own; each file takes another of Redis's numbers, which it empties. */
export function useWorkerStage(redisNumber: number): () => WorkerStage {
  const database = `worker_${newId().slice(0, 8)}`;
  const accountMails = `${database}_mails`;
  const redisUrl = `${process.env.REDIS_URL ?? ''}/${redisNumber}`;
  const running: RunningApp[] = [];
  let engines: Pick<WorkerStage, 'dispatches' | 'accountMails' | 'redis' | 'jobs'> | undefined;
  let mailServer: MailServer | undefined;
  let logged: Record<string, unknown>[] = [];

  beforeAll(async () => {
    const dispatches = await connectMongo({ url: process.env.MONGO_URL ?? '', database });
    const mails = openAccountMails(dispatches, accountMails);
    await Promise.all([createDispatchIndexes(dispatches), createAccountMailIndexes(mails)]);
    const redis = createRedis(redisUrl, 'worker');
    await redis.flushdb();
    const jobs = createDeliveryJobs(redisUrl);
    await eventually(() => jobs.ping().then(() => true));
    engines = { dispatches, accountMails: mails, redis, jobs };
  });
  beforeEach(async () => {
    mailServer = await startMailServer();
    logged = [];
  });
  afterEach(async () => {
    for (const worker of running.splice(0)) await worker.stop('the spec is over');
    await mailServer?.stop();
  });
  afterAll(async () => {
    await engines?.jobs.close();
    await engines?.redis.flushdb();
    engines?.redis.disconnect();
    await engines?.accountMails.dropDatabase();
    await engines?.dispatches.dropDatabase();
    await engines?.dispatches.close();
  });

  async function startWorker(timing: WorkerTiming = {}): Promise<RunningApp> {
    const config = readConfig(EmailWorkerConfig, {
      MONGO_URL: process.env.MONGO_URL,
      REDIS_URL: redisUrl,
      SMTP_URL: mailServer?.url,
      MAIL_FROM: 'Signalbox <notifications@signalbox.example>',
      PUBLIC_URL: 'https://signalbox.example',
      EMAIL_WORKER_PORT: '0',
      SIGNING_KEYS: 'k'.repeat(32),
      ENCRYPTION_KEYS: `${encryptionKeys.current},${encryptionKeys.previous}`,
    });
    const log = createLog('email-worker', {
      destination: { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
    });
    const worker = await runApp({
      name: 'email-worker',
      log,
      listen: { host: '127.0.0.1', port: 0, setting: 'EMAIL_WORKER_PORT' },
      module: (drain) => emailWorkerModule(config, log, drain, { timing, database, accountMails }),
      host: { on: () => undefined, exit: () => undefined, stderr: process.stderr },
    });
    running.push(worker);
    return worker;
  }

  return () => {
    if (engines === undefined || mailServer === undefined) throw new Error('beforeAll has not run yet');
    return { ...engines, mailServer, logged, startWorker };
  };
}

async function startMailServer(): Promise<MailServer> {
  const mails: MailServer['mails'] = [];
  const asked = new Map<string, number>();
  let answer: Answer = () => undefined;
  let gate: Promise<void> = Promise.resolve();
  let held = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) => {
      const time = (asked.get(address) ?? 0) + 1;
      asked.set(address, time);
      const refusal = answer(address, time);
      done(refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
    },
    onData: (stream, { envelope: { mailFrom } }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        held += 1;
        void gate.then(async () => {
          const mail = await PostalMime.parse(Buffer.concat(chunks));
          mails.push({ from: mailFrom === false ? 'none' : mailFrom.address, mail });
          held -= 1;
          done();
        });
      });
    },
  });
  server.on('error', () => undefined); // A client that goes away in mid-mail is part of what is tried here.
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    refuse: (given) => (answer = given),
    hold: () => {
      let letGo = (): void => undefined;
      gate = new Promise((resolve) => (letGo = resolve));
      return letGo;
    },
    get held() {
      return held;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
