import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { AccountMail } from '@signalbox/contracts';
import {
  accountMailModel,
  connectMongo,
  createAccountMailClaims,
  createAccountMailIndexes,
  createAccountMailStore,
} from '@signalbox/persistence';
import { createDeliveryJobs, createRedis, type DeliveryJobs } from '@signalbox/queue';
import { createEncryption, createLog, readConfig, runApp, type RunningApp } from '@signalbox/runtime';
import { anAccountMail, eventually, newId } from '@signalbox/testing';
import { EmailWorkerConfig } from '../email-worker-config.js';
import { emailWorkerModule, type WorkerTiming } from '../email-worker.module.js';

// Databases of its own: the specs of other parts run beside this one.
const database = `account_worker_${newId().slice(0, 8)}`;
const accountMails = `${database}_mails`;
const redisUrl = `${process.env.REDIS_URL ?? ''}/10`;
const secret = 'ZmFrZS1idXQtbG9uZy1lbm91Z2g';
const keys = { current: 'c'.repeat(32), previous: 'p'.repeat(32) };

let mongo: Connection;
let redis: Redis;
let jobs: DeliveryJobs;
let mailServer: MailServer;
let logged: Record<string, unknown>[] = [];
const running: RunningApp[] = [];

beforeAll(async () => {
  mongo = await connectMongo({ url: process.env.MONGO_URL ?? '', database: accountMails });
  await createAccountMailIndexes(mongo);
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

interface MailServer {
  readonly url: string;
  readonly mails: { readonly from: string; readonly mail: Email }[];
  /** Puts recipients off as long as it says so. */
  deferWhile(isDeferring: () => boolean): void;
  stop(): Promise<void>;
}

async function startMailServer(): Promise<MailServer> {
  const mails: MailServer['mails'] = [];
  let isDeferring = () => false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_, _session, done) =>
      done(isDeferring() ? Object.assign(new Error('later'), { responseCode: 451 }) : undefined),
    onData: (stream, { envelope: { mailFrom } }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push({ from: mailFrom === false ? 'none' : mailFrom.address, mail });
          done();
        });
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    deferWhile: (given) => (isDeferring = given),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A whole worker as main.ts starts it, in this process, that sweeps all the time unless told otherwise. */
async function startWorker(timing: WorkerTiming = { sweepEveryMs: 50 }): Promise<RunningApp> {
  const config = readConfig(EmailWorkerConfig, {
    MONGO_URL: process.env.MONGO_URL,
    REDIS_URL: redisUrl,
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'Signalbox <notifications@signalbox.example>',
    PUBLIC_URL: 'https://signalbox.example',
    EMAIL_WORKER_PORT: '0',
    ENCRYPTION_KEYS: `${keys.current},${keys.previous}`,
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

/** An invitation as the registry stores one; its job is added by the spec, or never. */
async function insertMail(
  changes: Partial<AccountMail> = {},
  sealedWith = keys.current,
): Promise<AccountMail> {
  const _id = newId();
  const mail = anAccountMail({
    _id,
    address: `ana-${_id.slice(0, 8)}@acme-tours.example`,
    addressHash: newId(),
    sealedSecret: createEncryption({ current: sealedWith }).seal(secret, _id),
    ...changes,
  });
  await createAccountMailStore(mongo).insert(mail);
  return mail;
}

const addJob = ({ _id, attempt }: AccountMail) => jobs.addAll([{ lane: 'account', delivery: _id, attempt }]);

async function stored({ _id }: AccountMail): Promise<AccountMail> {
  const found = await accountMailModel(mongo).findById(_id).lean<AccountMail>();
  if (found === null) throw new Error(`no account mail ${_id}`);
  return found;
}

const becomes = (mail: AccountMail, state: AccountMail['state']): Promise<AccountMail> =>
  eventually(
    async () => {
      const now = await stored(mail);
      return now.state === state && now;
    },
    { withinMs: 30_000, what: `account mail becoming ${state}` },
  );

const mailsTo = ({ address }: AccountMail) =>
  mailServer.mails.filter(({ mail }) => mail.to?.some((each) => each.address === address));
const linesOf = ({ _id }: AccountMail) => logged.filter((line) => line['mail'] === _id);

/** Everything that Redis holds, keys and values. */
async function everythingInRedis(): Promise<string> {
  const found: string[] = [];
  for (const key of await redis.keys('*')) {
    const type = await redis.type(key);
    const value =
      type === 'hash'
        ? await redis.hgetall(key)
        : type === 'list'
          ? await redis.lrange(key, 0, -1)
          : type === 'zset'
            ? await redis.zrange(key, 0, -1)
            : type === 'stream'
              ? await redis.xrange(key, '-', '+')
              : await redis.get(key);
    found.push(key, JSON.stringify(value));
  }
  return found.join('\n');
}

it('goes out once with its link, under its own Message-ID and a null return path', async () => {
  const worker = await startWorker({ sweepEveryMs: 60_000 });
  const invitation = await insertMail();
  await addJob(invitation);
  const sent = await becomes(invitation, 'sent');
  expect(mailsTo(invitation)).toHaveLength(1);
  const [{ from, mail } = { from: undefined, mail: undefined }] = mailsTo(invitation);
  expect(from).toBe('');
  expect(mail).toMatchObject({
    messageId: `<${invitation._id}@signalbox.example>`,
    subject: 'Invitation: Acme Tours',
    from: { address: 'notifications@signalbox.example' },
  });
  expect(mail?.text).toContain(`https://signalbox.example/invitation?token=${secret}`);
  expect(mail?.headers).toContainEqual(
    expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }) as unknown,
  );
  expect(sent).toMatchObject({ sealedSecret: null, sentAt: expect.any(Date) as Date });

  await eventually(() => linesOf(invitation).length > 0);
  expect(linesOf(invitation)).toMatchObject([
    { event: 'account-mail.attempted', outcome: 'sent', kind: 'invitation', account: 'acme-tours' },
  ]);
  const metrics = await (await fetch(`${worker.url}/metrics`)).text();
  expect(metrics).toContain('signalbox_account_mails_total{kind="invitation",outcome="sent"} 1');
});

it('its secret is in no store in clear, in no job and in no line, before, while and after it is sent', async () => {
  mailServer.deferWhile(() => true);
  const worker = await startWorker();
  const invitation = await insertMail();
  await addJob(invitation);
  await eventually(async () => (await stored(invitation)).attempt > 1);
  const places = async () => [
    JSON.stringify(await stored(invitation)),
    await everythingInRedis(),
    JSON.stringify(logged),
    await (await fetch(`${worker.url}/metrics`)).text(),
  ];
  const inMidSend = await places();
  expect(inMidSend[1]).toContain(invitation._id); // The next job waits, so that there was something to look through.
  mailServer.deferWhile(() => false);
  await becomes(invitation, 'sent');
  for (const place of [...inMidSend, ...(await places())]) {
    expect(place).not.toContain(secret);
    expect(place).not.toContain(Buffer.from(secret).toString('base64url'));
  }
  expect(JSON.stringify(logged)).not.toContain(invitation.address);
  expect(await everythingInRedis()).not.toContain(invitation.address);
});

it('is sent although its job was never added, or Redis forgot it', async () => {
  const neverQueued = await insertMail({ nextAttemptAt: new Date(Date.now() - 10_000) });
  const forgotten = await insertMail({ nextAttemptAt: new Date(Date.now() - 10_000) });
  await addJob(forgotten);
  await redis.flushdb();
  await startWorker();
  await becomes(neverQueued, 'sent');
  await becomes(forgotten, 'sent');
  expect([...mailsTo(neverQueued), ...mailsTo(forgotten)]).toHaveLength(2);
});

it('whose worker died in mid-send is sent by another under the same Message-ID', async () => {
  const invitation = await insertMail();
  const dead = createAccountMailClaims(mongo, { by: 'dead', leaseMs: 200 });
  await dead.claimMany([{ delivery: invitation._id, attempt: 1, token: newId() }]);
  await startWorker();
  const sent = await becomes(invitation, 'sent');
  expect(sent).toMatchObject({ ambiguous: true, sealedSecret: null });
  expect(mailsTo(invitation).map(({ mail }) => mail.messageId)).toEqual([
    `<${invitation._id}@signalbox.example>`,
  ]);
});

it('is not sent when its time passed before, whether there is a job for it or not', async () => {
  const expiresAt = new Date(Date.now() - 1_000);
  const queued = await insertMail({ expiresAt });
  const waiting = await insertMail({ expiresAt });
  const worker = await startWorker();
  await addJob(queued);
  expect(await becomes(queued, 'expired')).toMatchObject({ reason: 'lifetime-passed', sealedSecret: null });
  expect(await becomes(waiting, 'expired')).toMatchObject({ sealedSecret: null });
  expect([...mailsTo(queued), ...mailsTo(waiting)]).toEqual([]);
  const metrics = await (await fetch(`${worker.url}/metrics`)).text();
  expect(metrics).toContain('signalbox_account_mails_total{kind="invitation",outcome="expired"} 2');
});

it('is not tried any more when the next try would come after its end', async () => {
  mailServer.deferWhile(() => true);
  await startWorker();
  const invitation = await insertMail({ expiresAt: new Date(Date.now() + 600) });
  await addJob(invitation);
  expect(await becomes(invitation, 'expired')).toMatchObject({
    reason: 'lifetime-passed',
    attempt: 1,
    sealedSecret: null,
  });
});

it('that was sealed with the previous key goes out', async () => {
  await startWorker();
  const invitation = await insertMail({}, keys.previous);
  await addJob(invitation);
  await becomes(invitation, 'sent');
  expect(mailsTo(invitation)[0]?.mail.text).toContain(secret);
});

it.each([
  ['sealed with a key that is not known here', 'unknown-key', () => insertMail({}, 'x'.repeat(32))],
  [
    'whose secret belongs to another mail',
    'altered',
    () => insertMail({ sealedSecret: createEncryption(keys).seal(secret, newId()) }),
  ],
] as const)('that is %s ends as a fault of ours, with an alarm', async (_, why, insert) => {
  await startWorker();
  const invitation = await insert();
  await addJob(invitation);
  expect(await becomes(invitation, 'expired')).toMatchObject({
    reason: 'secret-unreadable',
    sealedSecret: null,
  });
  expect(mailsTo(invitation)).toEqual([]);
  await eventually(() => linesOf(invitation).length > 1);
  expect(linesOf(invitation)).toMatchObject([
    { event: 'account-mail.attempted', verdict: 'ours', reason: 'secret-unreadable' },
    { event: 'operator.alarm', alarm: 'account-mail-unreadable', level: 'error', why },
  ]);
});

it('an erased address is not written to, even while its mail is being sent', async () => {
  mailServer.deferWhile(() => true);
  await startWorker();
  const invitation = await insertMail();
  await addJob(invitation);
  await eventually(async () => (await stored(invitation)).attempt > 1);
  await createAccountMailStore(mongo).suppress(invitation.addressHash);
  mailServer.deferWhile(() => false);
  const later = await insertMail();
  await addJob(later);
  await becomes(later, 'sent');
  expect(await stored(invitation)).toMatchObject({ state: 'suppressed', reason: 'erased' });
  expect(mailsTo(invitation)).toEqual([]);
});

it('a test mail goes out without any secret', async () => {
  await startWorker();
  const facts = { field: 'technicalEmergency', by: 'Bia Rocha' } as const;
  const test = await insertMail({ kind: 'test-mail', facts, sealedSecret: null });
  await addJob(test);
  await becomes(test, 'sent');
  const [{ mail } = { mail: undefined }] = mailsTo(test);
  expect(mail?.subject).toBe('Test mail: Technical emergency, Acme Tours');
  expect(mail?.text).not.toContain('token=');
});
