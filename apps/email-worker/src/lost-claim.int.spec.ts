import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Connection } from 'mongoose';
import type { Delivery } from '@signalbox/contracts';
import {
  connectMongo,
  createDeliveryClaims,
  createDispatchIndexes,
  createDispatchStore,
  deliveryModel,
} from '@signalbox/persistence';
import { systemClock } from '@signalbox/runtime';
import { aDelivery, aDispatch, anEvent, eventually } from '@signalbox/testing';
import { DeliverEmail, type Attempted } from './deliver-email.js';
import { EventMails } from './event-mails.js';
import { keepClaims, type ClaimKeeper } from './keep-claims.js';
import { createMailSender, type MailSender } from './send-mail.js';

type Step = 'RCPT' | 'DATA' | 'body';

let mongo: Connection;
const keepers: ClaimKeeper[] = [];
const senders: MailSender[] = [];
let server: HoldingServer;

beforeAll(async () => {
  mongo = await connectMongo({
    url: process.env.MONGO_URL ?? '',
    database: `lost_${randomUUID().slice(0, 8)}`,
  });
  await createDispatchIndexes(mongo);
});
afterEach(() => {
  for (const keeper of keepers.splice(0)) keeper.stop();
  for (const sender of senders.splice(0)) sender.close();
  server.close();
});
afterAll(async () => {
  await mongo.dropDatabase();
  await mongo.close();
});

interface HoldingServer {
  readonly url: string;
  /** The mails whose final dot has come. */
  readonly mails: string[];
  /** How many connections have ended. */
  readonly ended: number;
  /** Whether the first conversation waits at its step. */
  readonly isHolding: boolean;
  letGo(): void;
  close(): Server;
}

/** A mail server that holds its first conversation at one step until it is told to go on, and takes all others at once. */
async function holdFirstAt(step: Step): Promise<HoldingServer> {
  const mails: string[] = [];
  let conversations = 0;
  let ended = 0;
  let goOn: (() => void) | undefined;

  function converse(socket: Socket): void {
    conversations += 1;
    const heldAt = conversations === 1 ? step : undefined;
    let pending = '';
    let inBody = false;
    const reply = (words: string, at?: Step): void => {
      if (at !== heldAt || at === undefined) socket.write(`${words}\r\n`);
      else goOn = () => socket.write(`${words}\r\n`);
    };
    const take = (line: string): void => {
      const verb = line.toUpperCase().split(/[ :]/)[0];
      if (inBody) {
        if (line !== '.') return;
        inBody = false;
        mails.push(line);
        reply('250 queued');
      } else if (verb === 'RCPT') reply('250 ok', 'RCPT');
      else if (verb === 'DATA') {
        inBody = true;
        reply('354 go ahead', 'DATA');
      } else reply('250 ok');
    };
    socket.on('error', () => undefined);
    socket.on('close', () => (ended += 1));
    socket.on('data', (chunk) => {
      if (inBody && heldAt === 'body' && goOn === undefined) {
        socket.pause();
        goOn = () => socket.resume();
      }
      const lines = (pending + chunk.toString('latin1')).split('\r\n');
      pending = lines.pop() ?? '';
      lines.forEach(take);
    });
    reply('220 ready');
  }

  const listening = createServer(converse).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    mails,
    get ended() {
      return ended;
    },
    get isHolding() {
      return goOn !== undefined;
    },
    letGo: () => goOn?.(),
    close: () => listening.close(),
  };
}

/** One process. One that is paused has a short lease, though long enough to begin, and gets no answer to its renewals. */
function aWorker(by: string, { isPaused, text }: { isPaused: boolean; text: string }) {
  const claims = createDeliveryClaims(mongo, { by, ...(isPaused && { leaseMs: 4_000 }) });
  const unanswered = () => new Promise<never>(() => undefined);
  const keeper = keepClaims(isPaused ? { leaseMs: claims.leaseMs, renew: unanswered } : claims, (error) => {
    throw error;
  });
  const sender = createMailSender({
    smtpUrl: server.url,
    from: { name: 'Signalbox', address: 'notifications@signalbox.example', domain: 'signalbox.example' },
  });
  keepers.push(keeper);
  senders.push(sender);
  const attempts: Attempted<Delivery>[] = [];
  const render = () => ({ subject: 'Emergency', text, html: '<p>Down</p>' });
  const report = {
    attempted: (attempt: Attempted<Delivery>) => void attempts.push(attempt),
    endedUnfinished: () => undefined,
    notRecordedYet: () => undefined,
    nextJobNotAdded: () => undefined,
  };
  const jobs = { addAll: () => Promise.resolve() };
  const mails = new EventMails(claims, render);
  const deliver = new DeliverEmail({ claims, keeper, mails, sender, jobs, report, clock: systemClock });
  return { attempts, deliver };
}

async function insertDelivery(): Promise<Delivery> {
  const dispatch = aDispatch({ event: anEvent({ time: new Date().toISOString() }) });
  const delivery = aDelivery({ dispatch: dispatch._id });
  const store = createDispatchStore(mongo);
  await store.insertDispatches([dispatch]);
  await store.insertDeliveries([delivery]);
  return delivery;
}

it.each<[string, Step, number]>([
  ['while the server thinks about the recipient', 'RCPT', 1],
  ['while the server thinks about DATA', 'DATA', 1],
  ['in the middle of the body', 'body', 400_000],
])('a worker that is paused %s, and another that takes over, send one mail', async (_, step, lines) => {
  server = await holdFirstAt(step);
  const text = 'A line that says what is the matter.\n'.repeat(lines);
  const paused = aWorker('paused', { isPaused: true, text });
  const other = aWorker('other', { isPaused: false, text });
  const { _id, lane, attempt } = await insertDelivery();
  const job = { lane, delivery: _id, attempt, single: true };

  const end = paused.deliver.execute(job);
  await eventually(() => server.isHolding, { withinMs: 20_000 });
  await eventually(async () => 'done' in (await other.deliver.execute(job)), { withinMs: 30_000 });
  const before = await deliveryModel(mongo).findById(_id).lean<Delivery>();
  expect(before).toMatchObject({ state: 'sent', claim: { by: 'other' } });

  server.letGo();
  expect(await end).toEqual({ again: expect.any(Date) as Date });
  expect(paused.attempts).toMatchObject([
    { result: { claimLost: true, ambiguous: false }, settled: { recorded: false } },
  ]);
  await eventually(() => server.ended > 0); // Whatever was on its way to the server has come.
  expect(server.mails).toHaveLength(1);
  expect(await deliveryModel(mongo).findById(_id).lean<Delivery>()).toEqual(before);
  expect(await paused.deliver.execute(job)).toEqual({ done: true });
});
