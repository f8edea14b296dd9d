import type { AccountMail } from '@signalbox/contracts';
import { accountMailModel, createAccountMailClaims, createAccountMailStore } from '@signalbox/persistence';
import { createEncryption } from '@signalbox/runtime';
import { anAccountMail, eventually, newId } from '@signalbox/testing';
import type { WorkerTiming } from '../email-worker.module.js';
import { encryptionKeys as keys, useWorkerStage } from '../worker-under-test.spec.js';

const secret = 'ZmFrZS1idXQtbG9uZy1lbm91Z2g';

const stage = useWorkerStage(10);
const mongo = () => stage().accountMails;
const mailServer = () => stage().mailServer;
const logged = () => stage().logged;
/** One that sweeps all the time unless told otherwise. */
const startWorker = (timing: WorkerTiming = { sweepEveryMs: 50 }) => stage().startWorker(timing);
/** Puts every recipient off, until they are taken. */
const deferAll = () => mailServer().refuse(() => ({ code: 451, text: 'later' }));
const takeAll = () => mailServer().refuse(() => undefined);

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
  await createAccountMailStore(mongo()).insert(mail);
  return mail;
}

const addJob = ({ _id, attempt }: AccountMail) =>
  stage().jobs.addAll([{ lane: 'account', delivery: _id, attempt }]);

async function stored({ _id }: AccountMail): Promise<AccountMail> {
  const found = await accountMailModel(mongo()).findById(_id).lean<AccountMail>();
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
  mailServer().mails.filter(({ mail }) => mail.to?.some((each) => each.address === address));
const linesOf = ({ _id }: AccountMail) => logged().filter((line) => line['mail'] === _id);

/** Everything that Redis holds, keys and values. */
async function everythingInRedis(): Promise<string> {
  const found: string[] = [];
  for (const key of await stage().redis.keys('*')) {
    const type = await stage().redis.type(key);
    const value =
      type === 'hash'
        ? await stage().redis.hgetall(key)
        : type === 'list'
          ? await stage().redis.lrange(key, 0, -1)
          : type === 'zset'
            ? await stage().redis.zrange(key, 0, -1)
            : type === 'stream'
              ? await stage().redis.xrange(key, '-', '+')
              : await stage().redis.get(key);
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
  deferAll();
  const worker = await startWorker();
  const invitation = await insertMail();
  await addJob(invitation);
  await eventually(async () => (await stored(invitation)).attempt > 1);
  const places = async () => [
    JSON.stringify(await stored(invitation)),
    await everythingInRedis(),
    JSON.stringify(logged()),
    await (await fetch(`${worker.url}/metrics`)).text(),
  ];
  const inMidSend = await places();
  expect(inMidSend[1]).toContain(invitation._id); // The next job waits, so that there was something to look through.
  takeAll();
  await becomes(invitation, 'sent');
  for (const place of [...inMidSend, ...(await places())]) {
    expect(place).not.toContain(secret);
    expect(place).not.toContain(Buffer.from(secret).toString('base64url'));
  }
  expect(JSON.stringify(logged())).not.toContain(invitation.address);
  expect(await everythingInRedis()).not.toContain(invitation.address);
});

it('is sent although its job was never added, or Redis forgot it', async () => {
  const neverQueued = await insertMail({ nextAttemptAt: new Date(Date.now() - 10_000) });
  const forgotten = await insertMail({ nextAttemptAt: new Date(Date.now() - 10_000) });
  await addJob(forgotten);
  await stage().redis.flushdb();
  await startWorker();
  await becomes(neverQueued, 'sent');
  await becomes(forgotten, 'sent');
  expect([...mailsTo(neverQueued), ...mailsTo(forgotten)]).toHaveLength(2);
});

it('whose worker died in mid-send is sent by another under the same Message-ID', async () => {
  const invitation = await insertMail();
  const dead = createAccountMailClaims(mongo(), { by: 'dead', leaseMs: 200 });
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
  deferAll();
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
  deferAll();
  await startWorker();
  const invitation = await insertMail();
  await addJob(invitation);
  await eventually(async () => (await stored(invitation)).attempt > 1);
  await createAccountMailStore(mongo()).suppress(invitation.addressHash);
  takeAll();
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
