import type { Email } from 'postal-mime';
import type { Delivery } from '@signalbox/contracts';
import { createDeliveryClaims, createDispatchStore, deliveryModel } from '@signalbox/persistence';
import { aDelivery, aDispatch, anEvent, eventually, newId } from '@signalbox/testing';
import type { WorkerTiming } from './email-worker.module.js';
import { createMailSender } from './send-mail.js';
import { useWorkerStage, type WorkerStage } from './worker-under-test.spec.js';

const stage = useWorkerStage(12);
const mongo = () => stage().dispatches;
const jobs = () => stage().jobs;
const mailServer = () => stage().mailServer;
const startWorker: WorkerStage['startWorker'] = (timing) => stage().startWorker(timing);

/** A dispatch with one delivery, as the router stores them. */
async function insertDelivery(changes: Partial<Delivery> = {}): Promise<Delivery> {
  const id = newId();
  const event = anEvent({ id: `e-${id}`, time: new Date().toISOString() });
  const dispatch = aDispatch({ event });
  const address = `page-${id.slice(0, 8)}@acme-tours.example`;
  const delivery = aDelivery({ _id: id, dispatch: dispatch._id, address, ...changes });
  const store = createDispatchStore(mongo());
  await store.insertDispatches([dispatch]);
  await store.insertDeliveries([delivery]);
  return delivery;
}

const jobOf = ({ _id, lane, attempt }: Delivery) => ({ lane, delivery: _id, attempt, single: true });

async function stored({ _id }: Delivery): Promise<Delivery> {
  const found = await deliveryModel(mongo()).findById(_id).lean<Delivery>();
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
  mailServer()
    .mails.map(({ mail }) => mail)
    .filter(({ to }) => to?.some((each) => each.address === address));

const attempts = (delivery: Delivery) =>
  stage().logged.filter(
    (line) => line['event'] === 'delivery.attempted' && line['delivery'] === delivery._id,
  );

const soon: WorkerTiming = {
  schedule: (_lane, _attempt, _acceptedAt, now) => ({ at: new Date(now.getTime() + 50) }),
};

it('a delivery is sent once, to its one recipient, under its own Message-ID', async () => {
  const worker = await startWorker();
  const delivery = await insertDelivery();
  await jobs().addAll([jobOf(delivery)]);
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
  expect(JSON.stringify(stage().logged)).not.toContain('acme-tours.example');
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
      jobs().addAll([{ ...jobOf(delivery), lane: lanes[index % 3] ?? 'bulk' }]),
    ),
  );
  await becomes(delivery, 'sent');
  // A job that met a live claim comes back when that would have run out, and finds that there is nothing to do.
  await eventually(async () => (await jobs().counts()).every((counted) => counted.jobs === 0), {
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
  await jobs().addAll(deliveries.map(jobOf));
  const _id = { $in: deliveries.map((delivery) => delivery._id) };
  await eventually(
    async () => (await deliveryModel(mongo()).countDocuments({ _id, state: 'sent' })) === 150,
    {
      withinMs: 20_000,
    },
  );
  expect(
    mailServer()
      .mails.map(({ mail }) => mail.messageId)
      .sort(),
  ).toEqual(deliveries.map(({ _id }) => `<${_id}@signalbox.example>`).sort());
});

it('a recipient who is put off is tried again by the delivery’s own schedule, then sent', async () => {
  await startWorker(soon);
  mailServer().refuse((address, time) => (time < 3 ? { code: 451, text: `later, ${address}` } : undefined));
  const delivery = await insertDelivery();
  await jobs().addAll([jobOf(delivery)]);
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
  mailServer().refuse((address) =>
    address === delivery.address ? { code: 550, text: `5.1.1 <${address}> unknown` } : undefined,
  );
  await jobs().addAll([jobOf(delivery), jobOf(good)]);
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
  mailServer().refuse(() => ({ code: 451, text: 'never' }));
  const sixDaysMs = 6 * 24 * 60 * 60_000;
  const delivery = await insertDelivery({ acceptedAt: new Date(Date.now() - sixDaysMs) });
  await jobs().addAll([jobOf(delivery)]);
  expect(await becomes(delivery, 'expired')).toMatchObject({ reason: 'horizon-passed', unreported: true });
});

it('a worker that died between acceptance and record makes at most one duplicate, with the same Message-ID', async () => {
  const delivery = await insertDelivery();
  // What a dead worker leaves behind: a claim that nobody renews, and a mail that the server has accepted.
  const dead = createDeliveryClaims(mongo(), { by: 'dead', leaseMs: 200 });
  await dead.claimMany([{ delivery: delivery._id, attempt: 1, token: 'dead' }]);
  const sender = createMailSender({
    smtpUrl: mailServer().url,
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
  await jobs().addAll([jobOf(delivery)]);
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
  const other = createDeliveryClaims(mongo(), { by: 'other', leaseMs: 60_000 });
  await other.claimMany([{ delivery: delivery._id, attempt: 1, token: `other-${delivery._id}` }]);
  await startWorker();
  await jobs().addAll([jobOf(delivery)]);
  await eventually(async () =>
    (await jobs().counts()).some(({ state, jobs: count }) => state === 'delayed' && count === 1),
  );
  expect(mailsTo(delivery)).toEqual([]);
  await other.settleMany([{ delivery: delivery._id, token: `other-${delivery._id}`, to: 'sent' }]);
  await stage().redis.flushdb();
});

it('Redis forgetting everything in mid-flight loses no outcome and doubles no mail', async () => {
  await startWorker();
  const letGo = mailServer().hold();
  const deliveries = await Promise.all(Array.from({ length: 8 }, () => insertDelivery()));
  await jobs().addAll(deliveries.map(jobOf));
  await eventually(() => mailServer().held === 8);
  await stage().redis.flushdb();
  await jobs().addAll(deliveries.map(jobOf)); // As the sweeper does when the marker is gone.
  letGo();
  await Promise.all(deliveries.map((delivery) => becomes(delivery, 'sent')));
  await eventually(async () => (await jobs().counts()).every((counted) => counted.jobs === 0), {
    withinMs: 30_000,
  });
  for (const delivery of deliveries) expect(mailsTo(delivery)).toHaveLength(1);
}, 60_000);

it('a recipient who left in mid-send is not tried again', async () => {
  await startWorker(soon);
  const letGo = mailServer().hold();
  const delivery = await insertDelivery();
  const waiting = await insertDelivery();
  await jobs().addAll([jobOf(delivery)]);
  await eventually(() => mailServer().held === 1);
  await createDispatchStore(mongo()).withdraw(
    [delivery._id, waiting._id],
    { contactVersion: 2, reason: 'contact-left' },
    'router',
  );
  await jobs().addAll([jobOf(waiting)]);
  letGo();
  expect((await becomes(delivery, 'sent')).followVersion).toBe(2);
  await becomes(waiting, 'superseded');
  expect(mailsTo(waiting)).toEqual([]);
});

it('a worker that is told to stop ends its running mails first and records them', async () => {
  const worker = await startWorker();
  const letGo = mailServer().hold();
  const delivery = await insertDelivery();
  await jobs().addAll([jobOf(delivery)]);
  await eventually(() => mailServer().held === 1);
  const stopped = worker.stop('SIGTERM');
  await eventually(() => stage().logged.some((line) => line['event'] === 'process.draining'));
  letGo();
  await stopped;
  expect((await stored(delivery)).state).toBe('sent');
  expect(mailsTo(delivery)).toHaveLength(1);
});
