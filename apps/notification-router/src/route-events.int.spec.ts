import type { EventIdentity } from '@signalbox/contracts';
import { anAccountSnapshot } from '@signalbox/testing';
import type { DispatchesToInsert } from './route-events.js';
import { OfferJobs } from './offer-jobs.js';
import {
  anAccount,
  appliedContacts,
  aRouter,
  clock,
  countDispatches,
  deliveriesOf,
  dispatchOf,
  exceptionsOf,
  idOf,
  JobsInMemory,
  log,
  openStore,
  operatorsMailbox,
  received,
  statesOf,
  type Store,
} from './real-store.spec.js';

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.end());

/** An account with these addresses for emergencies. */
const told =
  (...emails: string[]) =>
  (account: string, version: number) =>
    anAccountSnapshot({
      account,
      version,
      contacts: { technicalEmergency: emails.map((email) => ({ email })) },
    });
const two = told('one@acme.example', 'two@acme.example');

/** The store, with something done before or after one of its calls. */
function wrapped<K extends keyof DispatchesToInsert>(
  name: K,
  around: (call: () => ReturnType<DispatchesToInsert[K]>) => ReturnType<DispatchesToInsert[K]>,
): DispatchesToInsert {
  const real: DispatchesToInsert = store.dispatches;
  const call = real[name] as (batch: never) => ReturnType<DispatchesToInsert[K]>;
  return { ...real, [name]: (batch: never) => around(() => call(batch)) };
}

describe('an event', () => {
  it('becomes one dispatch, a delivery for each recipient and a job for each delivery', async () => {
    const { account } = await anAccount(store, two);
    const { route, jobs } = aRouter(store);
    const one = received({ account });
    await route.execute([one]);

    expect(await dispatchOf(store, idOf(one))).toMatchObject({
      event: one.event,
      origin: one.origin,
      state: 'delivering',
      open: true,
      contactVersion: 1,
      accountName: 'Acme Tours',
      revision: 1,
      toApply: null,
    });
    const deliveries = await deliveriesOf(store, idOf(one));
    expect(deliveries).toMatchObject([
      { address: 'one@acme.example', state: 'pending', attempt: 1, lane: 'emergency', account },
      { address: 'two@acme.example', state: 'pending', attempt: 1, lane: 'emergency', account },
    ]);
    expect([...jobs.known.values()].map(({ delivery }) => delivery).sort()).toEqual(
      deliveries.map(({ _id }) => _id).sort(),
    );
    expect(await exceptionsOf(store, idOf(one))).toEqual([]);
  });

  it('of an account nobody knows is told to the operators, and says so', async () => {
    const { route, jobs } = aRouter(store);
    const one = received({ account: 'nobody knows' });
    await route.execute([one]);
    expect(await dispatchOf(store, idOf(one))).toMatchObject({
      contactVersion: null,
      notes: ['unknown-account'],
      accountName: 'nobody knows',
    });
    expect(await statesOf(store, idOf(one))).toEqual([`${operatorsMailbox}: pending`]);
    expect(jobs.known.size).toBe(1);
  });

  it('that is not to be told has deliveries born suppressed with the reason, and no job', async () => {
    const { account } = await anAccount(store, (id, version) => anAccountSnapshot({ account: id, version }));
    const { route, jobs } = aRouter(store);
    const data = { environment: 'sandbox', title: 't' } as const;
    const one = received({ account, kind: 'production-incident', data });
    await route.execute([one]);
    expect(await dispatchOf(store, idOf(one))).toMatchObject({ state: 'suppressed', open: false });
    expect(await deliveriesOf(store, idOf(one))).toMatchObject([
      {
        address: 'ana@acme-tours.example',
        state: 'suppressed',
        reason: 'alerts-are-production-only',
        nextAttemptAt: null,
        unreported: true,
      },
    ]);
    expect(jobs.known.size).toBe(0);
  });

  it('is stored while the queue is away, and its jobs are left to the sweeper', async () => {
    const { account } = await anAccount(store, two);
    const queue = new JobsInMemory();
    queue.isAway = true;
    const offered = new OfferJobs(queue, log);
    const one = received({ account });
    await aRouter(store, { jobs: offered }).route.execute([one]);
    expect(await statesOf(store, idOf(one))).toEqual([
      'one@acme.example: pending',
      'two@acme.example: pending',
    ]);
    expect(offered.hasLeftBehind()).toBe(true);
  });

  it.each(['$where', '$set', 'a.b', '.', '__proto__', 'constructor', 'prototype', ''])(
    'with a detail named %j is stored as it came and read back as it was',
    async (key) => {
      const { account } = await anAccount(store, two);
      const details = JSON.parse(`{ ${JSON.stringify(key)}: "$where" }`) as Record<string, string>;
      const one = received({ account, data: { environment: 'production', title: '$title', details } });
      await aRouter(store).route.execute([one]);
      await aRouter(store).route.execute([one]);
      const { event } = await dispatchOf(store, idOf(one));
      expect(JSON.stringify(event.data)).toBe(JSON.stringify(one.event.data));
    },
  );
});

describe('the same records again after a crash', () => {
  const crash = (): never => {
    throw new Error('the process died');
  };
  const afterCall =
    () =>
    async <T>(call: () => Promise<T>): Promise<T> => {
      await call();
      return crash();
    };
  it.each<[string, () => Parameters<typeof aRouter>[1]]>([
    ['after the dispatches were inserted', () => ({ dispatches: wrapped('insertDispatches', afterCall()) })],
    ['before the deliveries were inserted', () => ({ dispatches: wrapped('insertDeliveries', crash) })],
    ['after the deliveries were inserted', () => ({ dispatches: wrapped('insertDeliveries', afterCall()) })],
    [
      'after some of the jobs were added',
      () => ({ jobs: { offer: (batch) => new JobsInMemory().addAll(batch.slice(0, 1)).then(crash) } }),
    ],
    ['after the jobs were added', () => ({ jobs: { offer: crash } })],
    ['after the exceptions were recorded', () => ({ follow: { followMoved: crash } })],
  ])('%s leaves nothing doubled and nothing missing', async (_name, parts) => {
    const { account } = await anAccount(store, two);
    const before = await countDispatches(store);
    const [one, other] = [received({ account }), received({ account })];
    const again = received({ account, id: one.event.id });
    const batch = [one, again, other];

    await expect(aRouter(store, parts()).route.execute(batch)).rejects.toThrow('the process died');
    const { route, jobs } = aRouter(store);
    await route.execute(batch);

    expect((await countDispatches(store)) - before).toBe(2);
    for (const record of [one, other]) {
      const deliveries = await deliveriesOf(store, idOf(record));
      expect(deliveries.map(({ address, state }) => `${address}: ${state}`)).toEqual([
        'one@acme.example: pending',
        'two@acme.example: pending',
      ]);
      expect(jobs.deliveries()).toEqual(expect.arrayContaining(deliveries.map(({ _id }) => _id)));
    }
    expect(jobs.known.size).toBe(4);
    expect(await exceptionsOf(store, idOf(one))).toMatchObject([{ what: 'duplicate', origin: again.origin }]);
  });

  it('do not tell a contact that left before they came again', async () => {
    const { account, apply } = await anAccount(store, told('old@acme.example'));
    const one = received({ account });
    const dying = aRouter(store, { dispatches: wrapped('insertDeliveries', crash) });
    await expect(dying.route.execute([one])).rejects.toThrow('the process died');

    // Another router applies the change and follows it, as it does for every open dispatch.
    await apply(told('new@acme.example')(account, 2));
    await aRouter(store).follow.followApplied([{ account, version: 2 }]);
    const { route, jobs } = aRouter(store);
    await route.execute([one]);

    expect(await statesOf(store, idOf(one))).toEqual([
      'new@acme.example: pending',
      'old@acme.example: superseded',
    ]);
    const due = (await deliveriesOf(store, idOf(one))).filter(({ state }) => state === 'pending');
    expect(jobs.deliveries()).toEqual(expect.arrayContaining(due.map(({ _id }) => _id)));
  });

  it('do not give a delivery that was sent meanwhile another life', async () => {
    const { account } = await anAccount(store, told('one@acme.example'));
    const { route } = aRouter(store);
    const one = received({ account });
    await route.execute([one]);
    const [delivery] = await deliveriesOf(store, idOf(one));
    if (!delivery) throw new Error('no delivery');
    const token = 't';
    await store.claims.claimMany([{ delivery: delivery._id, attempt: 1, token }]);
    await store.claims.settleMany([{ delivery: delivery._id, token, to: 'sent' }]);
    await route.execute([one]);
    expect(await statesOf(store, idOf(one))).toEqual(['one@acme.example: sent']);
  });
});

describe('the same id', () => {
  it('twice in one batch is one dispatch, the first one’s, and one duplicate', async () => {
    const { account } = await anAccount(store, two);
    const first = received({ account });
    const second = received({ ...first.event });
    const { route, jobs } = aRouter(store);
    await route.execute([first, second]);
    expect((await dispatchOf(store, idOf(first))).origin).toEqual(first.origin);
    expect(await exceptionsOf(store, idOf(first))).toMatchObject([
      { what: 'duplicate', reason: 'same-content', origin: second.origin, dispatch: idOf(first) },
    ]);
    expect(jobs.known.size).toBe(2);
  });

  it('in two batches is one dispatch and one duplicate, however often the second batch comes', async () => {
    const { account } = await anAccount(store, two);
    const first = received({ account });
    const second = received({ ...first.event });
    const { route, jobs } = aRouter(store);
    await route.execute([first]);
    await route.execute([second]);
    await route.execute([second]);
    expect(await exceptionsOf(store, idOf(first))).toMatchObject([
      { what: 'duplicate', origin: second.origin },
    ]);
    expect(await deliveriesOf(store, idOf(first))).toHaveLength(2);
    expect(jobs.known.size).toBe(2);
  });

  it('of another source is another event', async () => {
    const { account } = await anAccount(store, two);
    const first = received({ account });
    const second = received({ ...first.event, source: 'urn:another' });
    await aRouter(store).route.execute([first, second]);
    expect(await deliveriesOf(store, idOf(first))).toHaveLength(2);
    expect(await deliveriesOf(store, idOf(second))).toHaveLength(2);
  });

  const production = { environment: 'production', title: 'Integration disabled' } as const;
  type Change = Parameters<typeof received>[0];
  it.each<[string, EventIdentity, EventIdentity, Change, 'duplicate' | 'conflict']>([
    ['nothing', 'caller', 'caller', {}, 'duplicate'],
    ['another time', 'caller', 'caller', { time: '2026-11-24T00:00:00.000Z' }, 'duplicate'],
    ['another title', 'caller', 'caller', { data: { ...production, title: 'Another' } }, 'conflict'],
    ['another kind', 'caller', 'caller', { kind: 'matching-issue' }, 'conflict'],
    ['another account', 'caller', 'caller', { account: 'another' }, 'conflict'],
    [
      'another environment',
      'caller',
      'caller',
      { data: { ...production, environment: 'sandbox' } },
      'conflict',
    ],
    ['another title', 'monitor', 'monitor', { data: { ...production, title: 'Another' } }, 'duplicate'],
    ['another title', 'monitor', 'caller', { data: { ...production, title: 'Another' } }, 'conflict'],
    ['another title', 'caller', 'monitor', { data: { ...production, title: 'Another' } }, 'conflict'],
    ['nothing', 'monitor', 'caller', {}, 'duplicate'],
  ])(
    'with %s, first by a %s and then by a %s, is shown for what it is',
    async (_name, was, is, change, what) => {
      const { account } = await anAccount(store, two);
      const first = received({ account, identity: was, data: production });
      const again = received({ ...first.event, identity: is, ...change });
      const { route, jobs } = aRouter(store);
      await route.execute([first]);
      await route.execute([again]);
      expect(await exceptionsOf(store, idOf(first))).toMatchObject([{ what }]);
      expect((await dispatchOf(store, idOf(first))).event).toEqual(first.event);
      expect(jobs.known.size).toBe(2);
    },
  );

  it('raced by two routers from different records is one dispatch, one exception and the winner’s deliveries', async () => {
    const { account } = await anAccount(store, told('one@acme.example'));
    const first = received({ account });
    const second = received({ ...first.event });
    // Both have read that there is nothing before either inserts, and they hold different contacts.
    let reads = 0;
    let bothHaveRead = (): void => undefined;
    const barrier = new Promise<void>((resolve) => (bothHaveRead = resolve));
    const meet = <T>(call: () => Promise<T>): Promise<T> => {
      if (++reads > 2) return call();
      return call().then(async (found) => {
        if (reads === 2) bothHaveRead();
        await barrier;
        return found;
      });
    };
    const dispatches = wrapped('findMany', meet as never);
    const holding = (email: string) => {
      const snapshot = told(email)(account, 1);
      const contacts = {
        forAccounts: () => Promise.resolve({ of: () => snapshot, mayBeStale: () => false }),
      };
      return aRouter(store, { dispatches, contacts });
    };
    const [a, b] = [holding('one@acme.example'), holding('two@acme.example')];
    await Promise.all([a.route.execute([first]), b.route.execute([second])]);

    const dispatch = await dispatchOf(store, idOf(first));
    const aHasWon = dispatch.origin.offset === first.origin.offset;
    expect(await statesOf(store, idOf(first))).toEqual([`${aHasWon ? 'one' : 'two'}@acme.example: pending`]);
    expect(await exceptionsOf(store, idOf(first))).toMatchObject([
      { what: 'duplicate', origin: (aHasWon ? second : first).origin },
    ]);
    expect([a.jobs.known.size, b.jobs.known.size]).toEqual(aHasWon ? [1, 0] : [0, 1]);
  });

  it('raced by two routers from the same record is one dispatch, no exception, and both finish it', async () => {
    const { account } = await anAccount(store, two);
    const batch = Array.from({ length: 10 }, () => received({ account }));
    await Promise.all(
      [aRouter(store), aRouter(store), aRouter(store)].map(({ route }) => route.execute(batch)),
    );
    for (const one of batch) {
      expect(await deliveriesOf(store, idOf(one))).toHaveLength(2);
      expect(await exceptionsOf(store, idOf(one))).toEqual([]);
    }
  });

  it('that is there and cannot be read leaves the batch uncommitted', async () => {
    const { account } = await anAccount(store, two);
    const first = received({ account });
    await aRouter(store).route.execute([first]);
    // A read that is not up to date sees neither the dispatch nor who won.
    const dispatches = wrapped('findMany', (() => Promise.resolve(new Map())) as never);
    const again = received({ ...first.event });
    await expect(aRouter(store, { dispatches }).route.execute([again])).rejects.toThrow();
  });
});

describe('contacts that move while a batch is decided', () => {
  it('are followed when they are applied between the reading and the insert', async () => {
    const { account, apply } = await anAccount(store, told('old@acme.example', 'both@acme.example'));
    const contacts = {
      async forAccounts(accounts: readonly string[]) {
        const now = await appliedContacts(store).forAccounts(accounts);
        await apply(told('both@acme.example', 'new@acme.example')(account, 2));
        return now;
      },
    };
    const { route } = aRouter(store, { contacts });
    const one = received({ account });
    await route.execute([one]);
    expect(await statesOf(store, idOf(one))).toEqual([
      'both@acme.example: pending',
      'new@acme.example: pending',
      'old@acme.example: superseded',
    ]);
    expect(await dispatchOf(store, idOf(one))).toMatchObject({ contactVersion: 2, toApply: null });
  });

  it('make an event routable whose account was applied in between', async () => {
    const contacts = { forAccounts: () => Promise.resolve({ of: () => null, mayBeStale: () => true }) };
    const { account } = await anAccount(store, told('one@acme.example'));
    const one = received({ account });
    await aRouter(store, { contacts }).route.execute([one]);
    expect(await statesOf(store, idOf(one))).toContain('one@acme.example: pending');
    expect((await dispatchOf(store, idOf(one))).notes).toContain('contacts-may-be-stale');
  });
});

describe('a batch', () => {
  it('of nothing asks nobody', async () => {
    const contacts = { forAccounts: () => Promise.reject(new Error('asked')) };
    await expect(aRouter(store, { contacts }).route.execute([])).resolves.toBeUndefined();
  });

  it('is one read of contacts, one insert of dispatches, one of deliveries and one offer of jobs', async () => {
    const { account } = await anAccount(store, two);
    const calls: string[] = [];
    const count = (name: string) =>
      (<T>(call: () => Promise<T>) => {
        calls.push(name);
        return call();
      }) as never;
    const counted = wrapped('insertDeliveries', count('deliveries'));
    const dispatches: DispatchesToInsert = {
      ...wrapped('insertDispatches', count('dispatches')),
      insertDeliveries: (batch) => counted.insertDeliveries(batch),
    };
    const contacts = {
      forAccounts: (accounts: readonly string[]) => {
        calls.push('contacts');
        return appliedContacts(store).forAccounts(accounts);
      },
    };
    const queue = new JobsInMemory();
    const jobs = {
      offer: (batch: Parameters<JobsInMemory['offer']>[0]) => {
        calls.push('jobs');
        return queue.offer(batch);
      },
    };
    const batch = Array.from({ length: 100 }, () => received({ account }));
    await aRouter(store, { dispatches, contacts, jobs, clock }).route.execute(batch);
    expect(calls).toEqual(['contacts', 'dispatches', 'deliveries', 'jobs']);
    expect(queue.known.size).toBe(200);
  });
});
