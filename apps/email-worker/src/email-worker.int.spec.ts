import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Delivery } from '@signalbox/contracts';
import {
  connectMongo,
  createDeliveryClaims,
  createDispatchIndexes,
  createDispatchStore,
  deliveryModel,
} from '@signalbox/persistence';
import { createDeliveryJobs, createRedis, type DeliveryJobs } from '@signalbox/queue';
import { createLog, readConfig, runApp, type RunningApp } from '@signalbox/runtime';
import { aDelivery, aDispatch, anEvent, eventually, newId } from '@signalbox/testing';
import { EmailWorkerConfig } from './email-worker-config.js';
import { emailWorkerModule, type WorkerTiming } from './email-worker.module.js';
import { createMailSender } from './send-mail.js';

// Databases of its own: the specs of other parts run beside this one.
const database = `worker_${randomUUID().slice(0, 8)}`;
const redisUrl = `${process.env.REDIS_URL ?? ''}/12`;

let mongo: Connection;
let redis: Redis;
let jobs: DeliveryJobs;
let mailServer: MailServer;
const running: RunningApp[] = [];
let logged: Record<string, unknown>[] = [];

beforeAll(async () => {
  mongo = await connectMongo({ url: process.env.MONGO_URL ?? '', database });
  await createDispatchIndexes(mongo);
  redis = createRedis(redisUrl, 'worker');
  await redis.flushdb();
  jobs = createDeliveryJobs(redisUrl);
  await eventually(() => jobs.ping().then(() => true));
});
beforeEach(async () => {
  mailServer = await startMailServer();
  logged = [];
});
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.stop('the spec is over');
  await mailServer.stop();
});
afterAll(async () => {
  await jobs.close();
  await redis.flushdb();
  redis.disconnect();
  await mongo.dropDatabase();
  await mongo.close();
});

/** What the server answers to a recipient, or to the mail itself; a mail is accepted when nothing is said. */
type Answer = (address: string, time: number) => { code: number; text: string } | undefined;

interface MailServer {
  readonly url: string;
  readonly mails: Email[];
  refuse(answer: Answer): void;
  /** Lets no mail be accepted until the function returned is called. */
  hold(): () => void;
  /** How many mails wait for that. */
  readonly held: number;
  stop(): Promise<void>;
}

async function startMailServer(): Promise<MailServer> {
  const mails: Email[] = [];
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
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        held += 1;
        void gate.then(async () => {
          mails.push(await PostalMime.parse(Buffer.concat(chunks)));
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

/** A whole worker as main.ts starts it, in this process. */
async function startWorker(timing: WorkerTiming = {}): Promise<RunningApp> {
  const config = readConfig(EmailWorkerConfig, {
    MONGO_URL: process.env.MONGO_URL,
    REDIS_URL: redisUrl,
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'Signalbox <notifications@signalbox.example>',
    EMAIL_WORKER_PORT: '0',
    ENCRYPTION_KEYS: 'k'.repeat(32),
  });
  const log = createLog('email-worker', {
    destination: { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const worker = await runApp({
    name: 'email-worker',
    log,
    listen: { host: '127.0.0.1', port: 0, setting: 'EMAIL_WORKER_PORT' },
    module: (drain) =>
      emailWorkerModule(config, log, drain, { timing, database, accountMails: `${database}_account` }),
    host: { on: () => undefined, exit: () => undefined, stderr: process.stderr },
  });
  running.push(worker);
  return worker;
}

/** A dispatch with one delivery, as the router stores them. */
async function insertDelivery(changes: Partial<Delivery> = {}): Promise<Delivery> {
  const id = newId();
  const event = anEvent({ id: `e-${id}`, time: new Date().toISOString() });
  const dispatch = aDispatch({ event });
  const address = `page-${id.slice(0, 8)}@acme-tours.example`;
  const delivery = aDelivery({ _id: id, dispatch: dispatch._id, address, ...changes });
  const store = createDispatchStore(mongo);
  await store.insertDispatches([dispatch]);
  await store.insertDeliveries([delivery]);
  return delivery;
}

const jobOf = ({ _id, lane, attempt }: Delivery) => ({ lane, delivery: _id, attempt, single: true });

async function stored({ _id }: Delivery): Promise<Delivery> {
  const found = await deliveryModel(mongo).findById(_id).lean<Delivery>();
  if (found === null) throw new Error(`no delivery ${_id}`);
  return found;
}

/** Waits until a delivery has this state. */
const becomes = (delivery: Delivery, state: Delivery['state']): Promise<Delivery> =>
  eventually(
    async () => {
      const now = await stored(delivery);
      return now.state === state && now;
    },
    { what: `delivery becoming ${state}` },
  );

const mailsTo = ({ address }: Delivery): Email[] =>
  mailServer.mails.filter(({ to }) => to?.some((each) => each.address === address));

const attempts = (delivery: Delivery) =>
  logged.filter((line) => line['event'] === 'delivery.attempted' && line['delivery'] === delivery._id);

const soon: WorkerTiming = {
  schedule: (_lane, _attempt, _acceptedAt, now) => ({ at: new Date(now.getTime() + 50) }),
};

it('a delivery is sent once, to its one recipient, under its own Message-ID', async () => {
  const worker = await startWorker();
  const delivery = await insertDelivery();
  await jobs.addAll([jobOf(delivery)]);
  const sent = await becomes(delivery, 'sent');
  const [mail, ...others] = mailsTo(delivery);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({
    messageId: `<${delivery._id}@signalbox.example>`,
    subject: 'Emergency: Acme Tours: Integration disabled',
    to: [{ address: delivery.address }],
  });
  expect(sent).toMatchObject({ unreported: true, blanks: 0, sentAt: expect.any(Date) as Date });
  expect(sent.transitions.map(({ to }) => to)).toEqual(['sending', 'sent']);

  expect(attempts(delivery)).toHaveLength(1);
  expect(attempts(delivery)[0]).toMatchObject({
    outcome: 'sent',
    lane: 'emergency',
    attempt: 1,
    dispatch: delivery.dispatch,
  });
  expect(JSON.stringify(logged)).not.toContain('acme-tours.example');
  const metrics = await (await fetch(`${worker.url}/metrics`)).text();
  expect(metrics).toContain('signalbox_deliveries_total{category="technicalEmergency",outcome="sent"} 1');
  expect(metrics).toContain('signalbox_event_to_mail_seconds_count{lane="emergency"} 1');
});

it('is ready while its engines answer', async () => {
  const worker = await startWorker();
  await eventually(async () => (await fetch(`${worker.url}/health/ready`)).status === 200);
});

it('200 jobs for one delivery at once, over two workers, make one mail', async () => {
  await Promise.all([startWorker(), startWorker()]);
  const delivery = await insertDelivery();
  const lanes = ['emergency', 'standard', 'bulk'] as const;
  // The queue knows equal ids; different priorities and lanes make it run the same attempt again and again.
  await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      jobs.addAll([{ ...jobOf(delivery), lane: lanes[index % 3] ?? 'bulk' }]),
    ),
  );
  await becomes(delivery, 'sent');
  // A job that met a live claim comes back when that would have run out, and finds that there is nothing to do.
  await eventually(async () => (await jobs.counts()).every((counted) => counted.jobs === 0), {
    withinMs: 30_000,
  });
  expect(mailsTo(delivery)).toHaveLength(1);
});

it('many deliveries at once, in all lanes, are each sent once', async () => {
  await startWorker();
  const lanes = ['emergency', 'standard', 'bulk'] as const;
  const deliveries = await Promise.all(
    Array.from({ length: 150 }, (_, index) => insertDelivery({ lane: lanes[index % 3] ?? 'bulk' })),
  );
  await jobs.addAll(deliveries.map(jobOf));
  const _id = { $in: deliveries.map((delivery) => delivery._id) };
  await eventually(async () => (await deliveryModel(mongo).countDocuments({ _id, state: 'sent' })) === 150, {
    withinMs: 20_000,
  });
  expect(mailServer.mails.map(({ messageId }) => messageId).sort()).toEqual(
    deliveries.map(({ _id }) => `<${_id}@signalbox.example>`).sort(),
  );
});

it('a recipient who is put off is tried again by the delivery’s own schedule, then sent', async () => {
  await startWorker(soon);
  mailServer.refuse((address, time) => (time < 3 ? { code: 451, text: `later, ${address}` } : undefined));
  const delivery = await insertDelivery();
  await jobs.addAll([jobOf(delivery)]);
  const sent = await becomes(delivery, 'sent');
  expect(mailsTo(delivery)).toHaveLength(1);
  expect(sent.attempt).toBe(3);
  expect(sent.transitions.map(({ to, attempt }) => [to, attempt])).toEqual([
    ['sending', 1],
    ['pending', 1],
    ['sending', 2],
    ['pending', 2],
    ['sending', 3],
    ['sent', 3],
  ]);
  expect(sent.transitions[1]).toMatchObject({ reason: 'recipient-deferred', reply: '451 later, [address]' });
  expect(attempts(delivery).map((line) => line['outcome'])).toEqual(['retry', 'retry', 'sent']);
});

it('a recipient who is refused is tried once, and nobody is told that it was sent', async () => {
  await startWorker(soon);
  const delivery = await insertDelivery();
  const good = await insertDelivery();
  mailServer.refuse((address) =>
    address === delivery.address ? { code: 550, text: `5.1.1 <${address}> unknown` } : undefined,
  );
  await jobs.addAll([jobOf(delivery), jobOf(good)]);
  const refused = await becomes(delivery, 'refused');
  await becomes(good, 'sent');
  expect(refused).toMatchObject({
    reason: 'recipient-refused',
    reply: '550 5.1.1 <[address]> unknown',
    unreported: true,
    attempt: 1,
  });
  expect(attempts(delivery)).toHaveLength(1);
});

it('a mail whose five days are over ends expired', async () => {
  await startWorker();
  mailServer.refuse(() => ({ code: 451, text: 'never' }));
  const sixDaysMs = 6 * 24 * 60 * 60_000;
  const delivery = await insertDelivery({ acceptedAt: new Date(Date.now() - sixDaysMs) });
  await jobs.addAll([jobOf(delivery)]);
  expect(await becomes(delivery, 'expired')).toMatchObject({ reason: 'horizon-passed', unreported: true });
});

it('a worker that died between acceptance and record makes at most one duplicate, with the same Message-ID', async () => {
  const delivery = await insertDelivery();
  // What a dead worker leaves behind: a claim that nobody renews, and a mail that the server has accepted.
  const dead = createDeliveryClaims(mongo, { by: 'dead', leaseMs: 200 });
  await dead.claimMany([{ delivery: delivery._id, attempt: 1, token: 'dead' }]);
  const sender = createMailSender({
    smtpUrl: mailServer.url,
    from: { name: 'Signalbox', address: 'notifications@signalbox.example', domain: 'signalbox.example' },
  });
  const mail = { subject: 'Emergency', text: 'first', html: '<p>first</p>', eventId: 'e' };
  await sender.send(
    {
      ...mail,
      lane: 'emergency',
      delivery: delivery._id,
      address: delivery.address,
      category: delivery.category,
    },
    AbortSignal.timeout(5_000),
    () => true,
  );
  sender.close();

  await startWorker();
  await jobs.addAll([jobOf(delivery)]);
  const sent = await becomes(delivery, 'sent');
  expect(sent).toMatchObject({ ambiguous: true, blanks: 0 });
  expect(sent.transitions.map(({ to, by }) => [to, by === 'dead'])).toEqual([
    ['sending', true],
    ['sending', false],
    ['sent', false],
  ]);
  const messageId = `<${delivery._id}@signalbox.example>`;
  expect(mailsTo(delivery).map((each) => each.messageId)).toEqual([messageId, messageId]);
  expect(await dead.settleMany([{ delivery: delivery._id, token: 'dead', to: 'sent' }])).toEqual([
    { recorded: false },
  ]);
});

it('a live claim of another worker is waited for, not taken', async () => {
  const delivery = await insertDelivery();
  const other = createDeliveryClaims(mongo, { by: 'other', leaseMs: 60_000 });
  await other.claimMany([{ delivery: delivery._id, attempt: 1, token: `other-${delivery._id}` }]);
  await startWorker();
  await jobs.addAll([jobOf(delivery)]);
  await eventually(async () =>
    (await jobs.counts()).some(({ state, jobs: count }) => state === 'delayed' && count === 1),
  );
  expect(mailsTo(delivery)).toEqual([]);
  await other.settleMany([{ delivery: delivery._id, token: `other-${delivery._id}`, to: 'sent' }]);
  await redis.flushdb();
});

it('Redis forgetting everything in mid-flight loses no outcome and doubles no mail', async () => {
  await startWorker();
  const letGo = mailServer.hold();
  const deliveries = await Promise.all(Array.from({ length: 8 }, () => insertDelivery()));
  await jobs.addAll(deliveries.map(jobOf));
  await eventually(() => mailServer.held === 8);
  await redis.flushdb();
  await jobs.addAll(deliveries.map(jobOf)); // As the sweeper does when the marker is gone.
  letGo();
  await Promise.all(deliveries.map((delivery) => becomes(delivery, 'sent')));
  await eventually(async () => (await jobs.counts()).every((counted) => counted.jobs === 0), {
    withinMs: 30_000,
  });
  for (const delivery of deliveries) expect(mailsTo(delivery)).toHaveLength(1);
}, 60_000);

it('a recipient who left in mid-send is not tried again', async () => {
  await startWorker(soon);
  const letGo = mailServer.hold();
  const delivery = await insertDelivery();
  const waiting = await insertDelivery();
  await jobs.addAll([jobOf(delivery)]);
  await eventually(() => mailServer.held === 1);
  await createDispatchStore(mongo).withdraw([delivery._id, waiting._id], 2, 'router');
  await jobs.addAll([jobOf(waiting)]);
  letGo();
  expect((await becomes(delivery, 'sent')).followVersion).toBe(2);
  await becomes(waiting, 'superseded');
  expect(mailsTo(waiting)).toEqual([]);
});

it('a worker that is told to stop ends its running mails first and records them', async () => {
  const worker = await startWorker();
  const letGo = mailServer.hold();
  const delivery = await insertDelivery();
  await jobs.addAll([jobOf(delivery)]);
  await eventually(() => mailServer.held === 1);
  const stopped = worker.stop('SIGTERM');
  await eventually(() => logged.some((line) => line['event'] === 'process.draining'));
  letGo();
  await stopped;
  expect((await stored(delivery)).state).toBe('sent');
  expect(mailsTo(delivery)).toHaveLength(1);
});
