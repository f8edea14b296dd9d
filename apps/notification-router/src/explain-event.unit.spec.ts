import {
  EventView,
  type Delivery,
  type Dispatch,
  type EventListQuery,
  type EventQuery,
  type IntakeException,
  type Principal,
} from '@signalbox/contracts';
import { decide, nothingSoFar } from '@signalbox/domain';
import { createKeyedHash } from '@signalbox/runtime';
import { anAccountSnapshot, anEvent } from '@signalbox/testing';
import { ExplainEvent } from './explain-event.js';
import { recipientsOf, toDelivery, toDispatch } from './to-dispatch.js';

const hash = createKeyedHash('the id key of specs');
const start = Date.parse('2026-11-23T09:30:00Z');

function aDispatch(id: string, { source = 'urn:one', account = 'acme-tours', atMs = 0 } = {}): Dispatch {
  const event = anEvent({ id, source, account });
  const facts = {
    account: anAccountSnapshot(),
    contactsMayBeStale: false,
    operatorsMailbox: 'operators@platform.example',
    ...nothingSoFar,
    gathersUnroutable: false,
  };
  const origin = { topic: 'signalbox.emergencies', partition: 0, offset: 1 };
  const received = { event, bodyHash: 'b', origin, acceptedAt: new Date(start) };
  return toDispatch(received, decide(event, facts, new Date(start + atMs)), 'Acme Tours', hash);
}

/** The queries over some dispatches, in the order that the database answers: newest first, then by id downwards. */
function aStore(dispatches: readonly Dispatch[], exceptions: readonly IntakeException[] = []) {
  const newestFirst = [...dispatches].sort(
    (one, other) => other.decidedAt.getTime() - one.decidedAt.getTime() || (one._id < other._id ? 1 : -1),
  );
  const deliveries: Delivery[] = dispatches.flatMap((dispatch) =>
    recipientsOf(dispatch).map((recipient) => toDelivery(dispatch, recipient, 'router', new Date(start))),
  );
  return new ExplainEvent({
    findByEventId: (id, source) =>
      Promise.resolve(
        dispatches.filter(
          ({ event }) => event.id === id && (source === undefined || event.source === source),
        ),
      ),
    deliveriesOf: (id) => Promise.resolve(deliveries.filter(({ dispatch }) => dispatch === id)),
    exceptionsOf: (id) => Promise.resolve(exceptions.filter(({ dispatch }) => dispatch === id)),
    list: ({ limit }, after) =>
      Promise.resolve(
        newestFirst
          .filter(
            ({ decidedAt, _id }) =>
              after === undefined ||
              decidedAt < after.decidedAt ||
              (decidedAt.getTime() === after.decidedAt.getTime() && _id < after.id),
          )
          .slice(0, limit),
      ),
  });
}
const operator: Principal = { kind: 'api-key', id: 'k1', name: 'operator', scopes: ['operator'] };
const partnerOf = (account: string): Principal => {
  const missing = { sandbox: [], production: [] };
  return { kind: 'portal-user', id: 'p1', memberships: [{ account, user: 'u1', role: 'member', missing }] };
};
const problem = (code: string) => expect.objectContaining({ code }) as Error;

describe('one event', () => {
  it('is explained in the shape that contracts promise, with its deliveries and repeats', async () => {
    const dispatch = aDispatch('e-1');
    const origin = { topic: 't', partition: 0, offset: 2 };
    const repeat = {
      _id: 't:0:2',
      origin,
      reason: 'same-content',
      dispatch: dispatch._id,
      at: new Date(start),
    };
    const view = await aStore([dispatch], [{ ...repeat, what: 'duplicate' }]).one('e-1', {}, operator);
    expect(EventView.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      id: 'e-1',
      rule: 'emergency',
      contactVersion: 3,
      state: 'delivering',
      rounds: [{ number: 1, recipients: [{ address: 'page@acme-tours.example', why: 'category' }] }],
      deliveries: [{ address: 'page@acme-tours.example', state: 'pending', attempt: 1 }],
      repeats: [{ what: 'duplicate', reason: 'same-content', at: '2026-11-23T09:30:00.000Z' }],
      data: { environment: 'production' },
    });
  });

  it('that was never decided is not found', async () => {
    await expect(aStore([]).one('e-1', {}, operator)).rejects.toThrow(problem('not-found'));
    await expect(aStore([aDispatch('e-1')]).one('e-1', { source: 'urn:another' }, operator)).rejects.toThrow(
      problem('not-found'),
    );
  });

  it('whose id several sources used is ambiguous, names them, and is found by its source', async () => {
    const store = aStore([aDispatch('e-1', { source: 'urn:one' }), aDispatch('e-1', { source: 'urn:two' })]);
    await expect(store.one('e-1', {}, operator)).rejects.toThrow(
      expect.objectContaining({
        code: 'ambiguous-event-id',
        extra: { sources: ['urn:one', 'urn:two'] },
      }) as Error,
    );
    expect((await store.one('e-1', { source: 'urn:two' }, operator)).source).toBe('urn:two');
  });
});

describe('the list of events', () => {
  const query = (changes: Partial<EventListQuery> = {}): EventListQuery => ({ limit: 3, ...changes });

  it('goes through all, newest first, each once, also where many were decided at the same instant', async () => {
    const dispatches = Array.from({ length: 10 }, (_, index) =>
      aDispatch(`e-${index}`, { atMs: index < 7 ? 0 : index }),
    );
    const store = aStore(dispatches);
    const seen: string[] = [];
    const times: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list(query({ cursor }), operator);
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ id }) => id));
      times.push(...page.items.map(({ decidedAt }) => decidedAt));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect([...seen].sort()).toEqual(dispatches.map(({ event }) => event.id).sort());
    expect(times).toEqual([...times].sort().reverse());
  });

  it('has no cursor on its last page, also when that page is full', async () => {
    const store = aStore([aDispatch('e-1'), aDispatch('e-2'), aDispatch('e-3')]);
    expect((await store.list(query(), operator)).nextCursor).toBeNull();
    expect((await store.list(query({ limit: 2 }), operator)).nextCursor).not.toBeNull();
    expect(await aStore([]).list(query(), operator)).toEqual({ items: [], nextCursor: null });
  });

  it.each([
    '',
    'x',
    '%%%',
    Buffer.from('no-instant id').toString('base64url'),
    Buffer.from('2026-11-23').toString('base64url'),
  ])('refuses the cursor %j, which it has not given out', async (cursor) => {
    await expect(aStore([aDispatch('e-1')]).list(query({ cursor }), operator)).rejects.toThrow(
      problem('invalid-request'),
    );
  });
});

describe('who may see only some events', () => {
  const mine = aDispatch('e-1');
  const absent = { code: 'not-found', detail: 'No event with this id has been decided yet.' };
  const limited = (limits: object): Principal => ({ ...operator, limits });

  it.each<[string, Principal, EventQuery, boolean]>([
    ['a key without limits', operator, {}, true],
    ['a key of its account', limited({ accounts: ['acme-tours'] }), {}, true],
    ['a key of another account', limited({ accounts: ['bistro-uno'] }), {}, false],
    ['a key of another environment', limited({ environments: ['sandbox'] }), {}, false],
    ['a key of another kind', limited({ kinds: ['migration-notice'] }), {}, false],
    ['a partner of its account', partnerOf('acme-tours'), {}, true],
    ['a partner of another account', partnerOf('bistro-uno'), {}, false],
    ['who works in its environment', partnerOf('acme-tours'), { environment: 'production' }, true],
    ['who works in the other environment', partnerOf('acme-tours'), { environment: 'sandbox' }, false],
  ])('%s', async (_, principal, asked, isSeen) => {
    const seen = aStore([mine]).one('e-1', asked, principal);
    if (isSeen) expect((await seen).id).toBe('e-1');
    // To the letter as one that is not there.
    else await expect(seen).rejects.toMatchObject(absent);
    await expect(aStore([]).one('e-1', asked, principal)).rejects.toMatchObject(absent);
  });

  it("is told of no second source of an id in somebody else's account", async () => {
    const theirs = aDispatch('e-1', { source: 'urn:two', account: 'bistro-uno' });
    const seen = await aStore([mine, theirs]).one('e-1', {}, partnerOf('acme-tours'));
    expect(seen.source).toBe('urn:one');
  });
});
