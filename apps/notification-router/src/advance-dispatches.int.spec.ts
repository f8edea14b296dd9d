import { anAccountSnapshot } from '@signalbox/testing';
import type { DispatchesToAdvance } from './advance-dispatches.js';
import {
  anAccount,
  aRouter,
  claim,
  deliveriesOf,
  dispatchOf,
  idOf,
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

const told =
  (...emails: string[]) =>
  (account: string, version: number) =>
    anAccountSnapshot({
      acknowledgeWithinMinutes: 0,
      account,
      version,
      contacts: { technicalEmergency: emails.map((email) => ({ email: `${email}@acme.example` })) },
    });

/** One emergency that was routed to these, and the ways to go on from there. */
async function routed(...emails: string[]) {
  const { account, apply } = await anAccount(store, told(...emails));
  const one = received({ account });
  await aRouter(store).route.execute([one]);
  const id = idOf(one);
  let version = 1;
  return {
    id,
    account,
    one,
    dispatch: () => dispatchOf(store, id),
    states: () => statesOf(store, id),
    contacts: (...others: string[]) => apply(told(...others)(account, ++version)),
    advance: async () => {
      const { advance, jobs } = aRouter(store);
      await advance.execute([id]);
      return jobs;
    },
    delivery: async (email: string) => {
      const found = (await deliveriesOf(store, id)).filter(({ address }) => address.startsWith(`${email}@`));
      const newest = found.find(({ state }) => state !== 'superseded') ?? found[0];
      if (!newest) throw new Error(`no delivery to ${email}`);
      return newest;
    },
  };
}

/** The store, where one call never returns: the process dies in it. */
function dyingIn(name: keyof DispatchesToAdvance): DispatchesToAdvance {
  const die = (): never => {
    throw new Error('the process died');
  };
  return { ...store.dispatches, [name]: die };
}

describe('when contacts change', () => {
  it('a pending delivery is withdrawn, who is new is told once, and who stays is not told again', async () => {
    const event = await routed('old', 'stays');
    await event.contacts('stays', 'new');
    const jobs = await event.advance();
    expect(await event.states()).toEqual([
      'new@acme.example: pending',
      'old@acme.example: superseded',
      'stays@acme.example: pending',
    ]);
    expect(jobs.deliveries()).toEqual([(await event.delivery('new'))._id]);
    expect(await event.dispatch()).toMatchObject({
      contactVersion: 2,
      revision: 2,
      toApply: null,
      open: true,
      rounds: [
        { number: 1, because: 'accepted' },
        { number: 2, because: 'contacts-changed', contactVersion: 2 },
      ],
    });
  });

  it('called again does nothing more', async () => {
    const event = await routed('old');
    await event.contacts('new');
    await event.advance();
    const [dispatch, deliveries] = [await event.dispatch(), await deliveriesOf(store, event.id)];
    const jobs = await event.advance();
    expect(await event.dispatch()).toEqual(dispatch);
    expect(await deliveriesOf(store, event.id)).toEqual(deliveries);
    expect(jobs.known.size).toBe(0);
  });

  it('one in mid-send gets followVersion, and without success ends superseded', async () => {
    const event = await routed('old');
    const attempt = await claim(store, await event.delivery('old'));
    await event.contacts('new');
    await event.advance();
    expect(await event.delivery('old')).toMatchObject({ state: 'sending', followVersion: 2 });
    expect(await event.states()).toContain('new@acme.example: pending');
    expect(await attempt.settle('pending')).toBe('superseded');
    // It is noted once: advancing again finds nothing to do.
    const { revision } = await event.dispatch();
    await event.advance();
    expect((await event.dispatch()).revision).toBe(revision);
  });

  it('one that was accepted in mid-send stays sent, and the new contact is told all the same', async () => {
    const event = await routed('old');
    const attempt = await claim(store, await event.delivery('old'));
    await event.contacts('new');
    await event.advance();
    expect(await attempt.settle('sent')).toBe('sent');
    await event.advance();
    expect(await event.states()).toEqual(['new@acme.example: pending', 'old@acme.example: sent']);
    expect((await event.dispatch()).open).toBe(true);
  });

  it('back to an address that had left, that address gets a delivery of its own', async () => {
    const event = await routed('a');
    await event.contacts('b');
    await event.advance();
    await event.contacts('a');
    const jobs = await event.advance();
    expect(await event.states()).toEqual([
      'a@acme.example: pending',
      'a@acme.example: superseded',
      'b@acme.example: superseded',
    ]);
    expect(jobs.deliveries()).toEqual([(await event.delivery('a'))._id]);
    const [, , round] = (await event.dispatch()).rounds;
    expect(round?.recipients).toMatchObject([{ address: 'a@acme.example', reinstated: 1 }]);
  });

  it('back and forth in mid-send, the address that is back is told, by that attempt or by one of its own', async () => {
    const event = await routed('a');
    const attempt = await claim(store, await event.delivery('a'));
    await event.contacts('b');
    await event.advance();
    await event.contacts('a');
    await event.advance();
    expect(await attempt.settle('pending')).toBe('superseded');
    await event.advance();
    expect(await event.states()).toEqual([
      'a@acme.example: pending',
      'a@acme.example: superseded',
      'b@acme.example: superseded',
    ]);
  });

  it('to nobody, the next step of the chain is told and the operators hear of it', async () => {
    const event = await routed('old');
    await event.contacts();
    await event.advance();
    expect(await event.states()).toEqual(['dev@acme-tours.example: pending', 'old@acme.example: superseded']);
    expect(await event.dispatch()).toMatchObject({
      notes: ['fell-back'],
      passedOver: [{ step: 'technicalEmergency', reason: 'nobody-there' }],
    });
  });

  it('where nobody who is told has changed, only the version moves', async () => {
    const event = await routed('a');
    const deliveries = await deliveriesOf(store, event.id);
    await event.contacts('a');
    const jobs = await event.advance();
    expect(await event.dispatch()).toMatchObject({ contactVersion: 2, revision: 2, toApply: null });
    expect((await event.dispatch()).rounds).toHaveLength(1);
    expect(await deliveriesOf(store, event.id)).toEqual(deliveries);
    expect(jobs.known.size).toBe(0);
  });

  it('to a version older than the decision, nothing changes', async () => {
    const event = await routed('a');
    await event.contacts('b');
    await event.advance();
    const [dispatch, deliveries] = [await event.dispatch(), await deliveriesOf(store, event.id)];
    const old = told('a')(event.account, 1);
    const contacts = { findMany: () => Promise.resolve(new Map([[event.account, old]])) };
    await aRouter(store, { toAdvance: { contacts } }).advance.execute([event.id]);
    const none = { findMany: () => Promise.resolve(new Map<string, typeof old>()) };
    await aRouter(store, { toAdvance: { contacts: none } }).advance.execute([event.id]);
    expect(await event.dispatch()).toEqual(dispatch);
    expect(await deliveriesOf(store, event.id)).toEqual(deliveries);
  });
});

describe('when deliveries end', () => {
  it('all sent closes the dispatch as delivered', async () => {
    const event = await routed('a', 'b');
    await (await claim(store, await event.delivery('a'))).settle('sent');
    await event.advance();
    expect(await event.dispatch()).toMatchObject({ state: 'delivering', open: true, dueAt: null });
    await (await claim(store, await event.delivery('b'))).settle('sent');
    await event.advance();
    expect(await event.dispatch()).toMatchObject({ state: 'delivered', open: false });
  });

  it('one sent and one refused closes it as delivered: somebody in the category was accepted', async () => {
    const event = await routed('a', 'b');
    await (await claim(store, await event.delivery('a'))).settle('refused');
    await (await claim(store, await event.delivery('b'))).settle('sent');
    await event.advance();
    expect(await event.dispatch()).toMatchObject({ state: 'delivered', open: false, notes: [] });
    expect(await event.states()).toEqual(['a@acme.example: refused', 'b@acme.example: sent']);
  });

  it('refused by all tells the next step, and so on to the operators, and never the same one twice', async () => {
    const event = await routed('a');
    const steps = ['a', 'dev', 'ana', 'owner', 'operators'];
    for (const step of steps) {
      await (await claim(store, await event.delivery(step))).settle('refused');
      await event.advance();
    }
    expect(await event.states()).toEqual([
      'a@acme.example: refused',
      'ana@acme-tours.example: refused',
      'dev@acme-tours.example: refused',
      `${operatorsMailbox}: refused`,
      'owner@platform.example: refused',
    ]);
    const dispatch = await event.dispatch();
    expect(dispatch).toMatchObject({
      state: 'undelivered',
      open: false,
      notes: ['fell-back', 'chain-exhausted'],
    });
    expect(dispatch.rounds.map(({ because }) => because)).toEqual([
      'accepted',
      ...steps.slice(1).map(() => 'nobody-accepted'),
    ]);
  });

  it('put off, it waits: nothing is written', async () => {
    const event = await routed('a');
    await (await claim(store, await event.delivery('a'))).settle('pending');
    await event.advance();
    expect((await event.dispatch()).revision).toBe(1);
  });
});

describe('with nothing to do', () => {
  it('nothing is written, and the revision does not move', async () => {
    const event = await routed('a');
    const dispatch = await event.dispatch();
    await event.advance();
    expect(await event.dispatch()).toEqual(dispatch);
  });

  it('a closed dispatch stays closed, whatever the contacts do', async () => {
    const event = await routed('a');
    await (await claim(store, await event.delivery('a'))).settle('sent');
    await event.advance();
    const dispatch = await event.dispatch();
    await event.contacts('b');
    await event.advance();
    expect(await event.dispatch()).toEqual(dispatch);
    expect(await event.states()).toEqual(['a@acme.example: sent']);
  });

  it('an id that nobody has is passed over', async () => {
    await expect(aRouter(store).advance.execute(['nobody'])).resolves.toBeUndefined();
  });
});

describe('several advancers at once', () => {
  it('make one round, and each recipient is told once', async () => {
    const events = await Promise.all(Array.from({ length: 5 }, () => routed('old', 'stays')));
    await Promise.all(events.map((event) => event.contacts('stays', 'new')));
    const ids = events.map(({ id }) => id);
    await Promise.all(Array.from({ length: 6 }, () => aRouter(store).advance.execute(ids)));
    for (const event of events) {
      expect((await event.dispatch()).rounds).toHaveLength(2);
      expect(await event.dispatch()).toMatchObject({ toApply: null, open: true });
      expect(await event.states()).toEqual([
        'new@acme.example: pending',
        'old@acme.example: superseded',
        'stays@acme.example: pending',
      ]);
    }
  });

  it('with different reasons both get their way: contacts change while a delivery is refused', async () => {
    const event = await routed('a');
    await (await claim(store, await event.delivery('a'))).settle('refused');
    // The first has read the contacts as they were and stands still; the second sees the change and goes through.
    let hasRead = (): void => undefined;
    let mayGoOn = (): void => undefined;
    const read = new Promise<void>((resolve) => (hasRead = resolve));
    const goOn = new Promise<void>((resolve) => (mayGoOn = resolve));
    const dispatches: DispatchesToAdvance = {
      ...store.dispatches,
      change: async (changes) => {
        hasRead();
        await goOn;
        return store.dispatches.change(changes);
      },
    };
    const first = aRouter(store, { toAdvance: { dispatches } }).advance.execute([event.id]);
    await read;
    await event.contacts('b');
    await event.advance();
    mayGoOn();
    await first;
    expect(await event.states()).toEqual(['a@acme.example: refused', 'b@acme.example: pending']);
    expect((await event.dispatch()).rounds).toHaveLength(2);
  });
});

describe('a crash after the change and before the deliveries', () => {
  it.each(['insertDeliveries', 'withdraw', 'clearNote'] as const)(
    'in %s leaves a note, and finishing it does the rest',
    async (name) => {
      const event = await routed('old', 'stays');
      await event.contacts('stays', 'new');
      const dying = aRouter(store, { toAdvance: { dispatches: dyingIn(name) } });
      await expect(dying.advance.execute([event.id])).rejects.toThrow('the process died');
      const noted = await event.dispatch();
      expect(noted.toApply).toMatchObject({ insert: [expect.any(String)], withdraw: [expect.any(String)] });

      const { advance, jobs } = aRouter(store);
      await advance.finish([noted]);
      await advance.finish([noted]);
      expect(await event.states()).toEqual([
        'new@acme.example: pending',
        'old@acme.example: superseded',
        'stays@acme.example: pending',
      ]);
      expect(jobs.deliveries()).toEqual([(await event.delivery('new'))._id]);
      expect((await event.dispatch()).toApply).toBeNull();
    },
  );

  it('is not forgotten by the next change, which does both', async () => {
    const event = await routed('a');
    await event.contacts('b');
    const dying = aRouter(store, { toAdvance: { dispatches: dyingIn('insertDeliveries') } });
    await expect(dying.advance.execute([event.id])).rejects.toThrow('the process died');
    await event.contacts('c');
    await event.advance();
    expect(await event.states()).toEqual([
      'a@acme.example: superseded',
      'b@acme.example: superseded',
      'c@acme.example: pending',
    ]);
    expect((await event.dispatch()).toApply).toBeNull();
  });

  it('whose contact comes back before it is finished tells that contact after all', async () => {
    const event = await routed('a');
    await event.contacts('b');
    const dying = aRouter(store, { toAdvance: { dispatches: dyingIn('insertDeliveries') } });
    await expect(dying.advance.execute([event.id])).rejects.toThrow('the process died');
    await event.contacts('a');
    await event.advance();
    // The ends that this brought are reported, and whoever reports them calls once more.
    await event.advance();
    expect(await event.states()).toContain('a@acme.example: pending');
    expect(await event.states()).not.toContain('b@acme.example: pending');
  });
});
