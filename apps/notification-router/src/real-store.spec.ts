import { randomUUID } from 'node:crypto';
import type {
  AccountSnapshot,
  Delivery,
  DeliveryState,
  Dispatch,
  IntakeException,
} from '@signalbox/contracts';
import { bodyHash } from '@signalbox/messaging';
import {
  connectMongo,
  createAlarmStore,
  createBooks,
  createContactViews,
  createDeadLetterStore,
  createDeliveriesToAdvance,
  createDeliveryClaims,
  createDispatchIndexes,
  createDispatchStore,
  createIntakeExceptions,
  createMailingStore,
  deliveryModel,
  dispatchModel,
  intakeExceptionModel,
  type SettleRequest,
} from '@signalbox/persistence';
import { createKeyedHash, createLog, type Clock } from '@signalbox/runtime';
import { anEvent } from '@signalbox/testing';
import { AdvanceDispatches, type AdvanceDispatchesParts } from './advance-dispatches.js';
import type { ContactsNow } from './contacts-in-force.js';
import { FollowContacts } from './follow-contacts.js';
import type { JobToAdd } from './offer-jobs.js';
import type { ReceivedEvent } from './received-event.js';
import { RaiseAlarms } from './raise-alarms.js';
import { RouteEvents, type RouteEventsParts } from './route-events.js';
import { dispatchIdOf } from './to-dispatch.js';

// No spec by itself: what the specs of the router share that run on a real MongoDB and the real stores. The queue and the
// contacts in force are written by hand.

export const hash = createKeyedHash('the id key of specs');
export const log = createLog('spec', { level: 'silent' });
export const operatorsMailbox = 'operators@platform.example';
export const clock: Clock = { now: () => new Date() };
const by = 'router';

/** The stores of one router, over a database of their own. */
export async function openStore() {
  const url = process.env.MONGO_URL;
  if (url === undefined) throw new Error('MONGO_URL is not set: run this through the project `int`.');
  const connection = await connectMongo({ url, database: `spec_${randomUUID().slice(0, 8)}` });
  await createDispatchIndexes(connection);
  return {
    connection,
    dispatches: createDispatchStore(connection),
    views: createContactViews(connection),
    exceptions: createIntakeExceptions(connection),
    mailings: createMailingStore(connection),
    deliveries: createDeliveriesToAdvance(connection),
    claims: createDeliveryClaims(connection, { by: 'worker' }),
    books: createBooks(connection),
    alarms: createAlarmStore(connection),
    letters: createDeadLetterStore(connection),
    end: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
export type Store = Awaited<ReturnType<typeof openStore>>;

/** A queue that remembers what was added; like the real one it takes a job it knows once. */
export class JobsInMemory {
  readonly known = new Map<string, JobToAdd>();
  isAway = false;

  addAll(jobs: readonly JobToAdd[]): Promise<void> {
    if (this.isAway) return Promise.reject(new Error('Redis is away'));
    for (const job of jobs) {
      const id = `${job.delivery}-${job.attempt}`;
      if (!this.known.has(id)) this.known.set(id, job);
    }
    return Promise.resolve();
  }
  offer(jobs: readonly JobToAdd[]): Promise<void> {
    return this.addAll(jobs);
  }
  deliveries(): string[] {
    return [...this.known.values()].map(({ delivery }) => delivery);
  }
}

/** What has been applied is taken to be in force. */
export const appliedContacts = ({ views }: Pick<Store, 'views'>) => ({
  async forAccounts(accounts: readonly string[]): Promise<ContactsNow> {
    const found = await views.findMany(accounts);
    return { of: (account) => found.get(account) ?? null, mayBeStale: () => false };
  },
});

/** One router process over a store; `parts` replaces what a spec wants otherwise. */
export function aRouter(
  store: Store,
  parts: Partial<RouteEventsParts> & { readonly toAdvance?: Partial<AdvanceDispatchesParts> } = {},
) {
  const jobs = new JobsInMemory();
  const { toAdvance, ...toRoute } = parts;
  const alarms = new RaiseAlarms({ alarms: store.alarms, onRaised: () => undefined, clock, log });
  const advance = new AdvanceDispatches({
    dispatches: store.dispatches,
    contacts: store.views,
    jobs,
    alarms,
    clock,
    hash,
    operatorsMailbox,
    by,
    log,
    ...toAdvance,
  });
  const follow = new FollowContacts({ views: store.views, dispatches: store.dispatches, advance });
  const route = new RouteEvents({
    contacts: appliedContacts(store),
    dispatches: store.dispatches,
    jobs,
    exceptions: store.exceptions,
    mailings: store.mailings,
    advance,
    alarms,
    operators: { mayTellUnroutable: () => Promise.resolve(true) },
    follow,
    onRouted: () => undefined,
    clock,
    hash,
    operatorsMailbox,
    by,
    log,
    ...toRoute,
  });
  return { route, advance, follow, jobs };
}

let nextOffset = 0;

/** An event as it was read from Kafka, each at an offset of its own unless one is given. */
export function received(changes: Parameters<typeof anEvent>[0] = {}, offset = nextOffset++): ReceivedEvent {
  const event = anEvent({ id: randomUUID(), ...changes });
  return {
    event,
    bodyHash: bodyHash(event),
    origin: { topic: 'signalbox.emergencies', partition: 0, offset },
    acceptedAt: new Date(),
  };
}

/** An account that no other spec uses, applied; `change` applies its next version. */
export async function anAccount(
  store: Store,
  snapshotOf: (account: string, version: number) => AccountSnapshot,
) {
  const account = `a${randomUUID().slice(0, 8)}`;
  const apply = (snapshot: AccountSnapshot) => store.views.applyUpwards([snapshot]);
  await apply(snapshotOf(account, 1));
  return { account, apply };
}

export const idOf = ({ event }: ReceivedEvent): string => dispatchIdOf(hash, event);

export async function dispatchOf(store: Store, id: string): Promise<Dispatch> {
  const found = (await store.dispatches.findMany([id])).get(id);
  if (!found) throw new Error(`no dispatch ${id}`);
  return found;
}
export const deliveriesOf = (store: Store, dispatch: string): Promise<Delivery[]> =>
  deliveryModel(store.connection).find({ dispatch }).sort({ address: 1, _id: 1 }).lean<Delivery[]>();
export const exceptionsOf = (store: Store, dispatch: string): Promise<IntakeException[]> =>
  intakeExceptionModel(store.connection).find({ dispatch }).sort({ _id: 1 }).lean<IntakeException[]>();
export const countDispatches = (store: Store): Promise<number> =>
  dispatchModel(store.connection).countDocuments({});

/** `page@acme-tours.example: pending`, one line a delivery. */
export const statesOf = async (store: Store, dispatch: string): Promise<string[]> =>
  (await deliveriesOf(store, dispatch)).map(({ address, state }) => `${address}: ${state}`).sort();

/** A worker takes a delivery in hand; `settle` says how its attempt ended. */
export async function claim(store: Store, { _id: delivery, attempt }: Pick<Delivery, '_id' | 'attempt'>) {
  const token = randomUUID();
  const [answer] = await store.claims.claimMany([{ delivery, attempt, token }]);
  if (answer === undefined || !('won' in answer)) throw new Error(`not won: ${JSON.stringify(answer)}`);
  return {
    async settle(
      to: 'sent' | 'refused' | 'pending',
      { reason = to === 'refused' ? 'refused-by-server' : 'put-off' } = {},
    ): Promise<DeliveryState> {
      const request: SettleRequest =
        to === 'sent'
          ? { delivery, token, to }
          : to === 'refused'
            ? { delivery, token, to, reason }
            : { delivery, token, to, reason, retryInMs: 0 };
      const [settled] = await store.claims.settleMany([request]);
      if (!settled?.recorded) throw new Error('the outcome was not recorded');
      return settled.state;
    },
  };
}
