import { randomUUID } from 'node:crypto';
import {
  EventList,
  EventView,
  Preview,
  type Environment,
  type Membership,
  type Principal,
} from '@signalbox/contracts';
import { anAccountSnapshot } from '@signalbox/testing';
import { aRouter, anAccount, operatorsMailbox, received } from './real-store.spec.js';
import { operatorKey, useRouterOverHttp, type Call } from './router-over-http.spec.js';

const router = useRouterOverHttp();
const call = (method: string, path: string, options?: Call) => router().call(method, path, options);

const closed = ['technicalEmergency' as const];
const membershipOf = (account: string, closedIn?: Environment): Membership => ({
  account,
  user: 'u1',
  role: 'member',
  missing: {
    sandbox: closedIn === 'sandbox' ? closed : [],
    production: closedIn === 'production' ? closed : [],
  },
});
const partnerOf = (accounts: readonly string[], closedIn?: Environment): Principal => ({
  kind: 'portal-user',
  id: 'p1',
  memberships: accounts.map((account) => membershipOf(account, closedIn)),
});
const staff: Principal = { kind: 'staff', id: 's1', name: 'Olga', role: 'operator' };

/** An account with an emergency in each environment; `contacts` replaces some of its own. */
async function anAccountWithEvents(contacts = {}) {
  const { account } = await anAccount(router().store, (id, version) =>
    anAccountSnapshot({ account: id, version, contacts }),
  );
  const [production, sandbox] = (['production', 'sandbox'] as const).map((environment) =>
    received({ account, data: { environment, title: 't' } }),
  );
  if (production === undefined || sandbox === undefined) throw new Error('no events');
  await aRouter(router().store).route.execute([production, sandbox]);
  return { account, production: production.event.id, sandbox: sandbox.event.id };
}
async function listed(as: Principal, query = ''): Promise<string[]> {
  const { status, json } = await call('GET', `/v1/events?limit=200${query}`, { as });
  expect(status).toBe(200);
  return EventList.parse(json).items.map(({ id }) => id);
}

describe('the events that a partner lists', () => {
  it('are those of its own accounts, in both environments or in one', async () => {
    const [mine, also, other] = await Promise.all([1, 2, 3].map(() => anAccountWithEvents()));
    if (!mine || !also || !other) throw new Error('no accounts');
    const partner = partnerOf([mine.account, also.account]);
    const own = [mine.production, mine.sandbox, also.production, also.sandbox].sort();
    expect((await listed(partner)).sort()).toEqual(own);
    expect(await listed(partner, `&account=${mine.account}&environment=sandbox`)).toEqual([mine.sandbox]);
    expect(await listed(partner, `&account=${mine.account}&environment=production`)).toEqual([
      mine.production,
    ]);
    for (const all of [operatorKey, staff])
      expect(await listed(all)).toEqual(expect.arrayContaining([...own, other.production, other.sandbox]));
  });

  it('are those of a span of time, its first instant in it and its last one not', async () => {
    const { account, production, sandbox } = await anAccountWithEvents();
    const as = partnerOf([account]);
    const { json } = await call('GET', `/v1/events/${production}`, { as });
    const { decidedAt } = EventView.parse(json);
    const after = new Date(Date.parse(decidedAt) + 1).toISOString();
    expect((await listed(as, `&from=${decidedAt}&to=${after}`)).sort()).toEqual([production, sandbox].sort());
    expect(await listed(as, `&to=${decidedAt}`)).toEqual([]);
    expect(await listed(as, `&from=${after}`)).toEqual([]);
    expect((await call('GET', '/v1/events?from=yesterday', { as })).status).toBe(400);
  });

  it('are not there for another account, to the byte as for an account that is not there', async () => {
    const [mine, other] = [await anAccountWithEvents(), await anAccountWithEvents()];
    const as = partnerOf([mine.account]);
    const foreign = await call('GET', `/v1/events?account=${other.account}`, { as });
    expect(foreign.status).toBe(404);
    expect(await call('GET', `/v1/events?account=nobody`, { as })).toEqual(foreign);
  });

  it.each<[Environment, string, number]>([
    ['production', '', 403],
    ['production', '?environment=production', 403],
    ['production', '?environment=sandbox', 200],
    ['sandbox', '', 200],
    ['sandbox', '?environment=sandbox', 403],
  ])('with the gate of %s closed answer …/events%s with %i', async (environment, query, status) => {
    const { account } = await anAccountWithEvents();
    const answer = await call('GET', `/v1/events${query}`, { as: partnerOf([account], environment) });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.json).toMatchObject({ code: 'contact-information-required' });
  });

  it('are those of the accounts whose gate is open, where no account is named', async () => {
    const [open, gated] = [await anAccountWithEvents(), await anAccountWithEvents()];
    const memberships = [membershipOf(open.account), membershipOf(gated.account, 'production')];
    const partner: Principal = { kind: 'portal-user', id: 'p1', memberships };
    expect((await listed(partner)).sort()).toEqual([open.production, open.sandbox].sort());
    const inSandbox = [open.sandbox, gated.sandbox].sort();
    expect((await listed(partner, '&environment=sandbox')).sort()).toEqual(inSandbox);
    const statusOf = async (id: string) => (await call('GET', `/v1/events/${id}`, { as: partner })).status;
    expect([await statusOf(open.production), await statusOf(gated.production)]).toEqual([200, 404]);
  });
});

describe('an event that a partner reads', () => {
  it('names its own contacts, and of the platform neither people nor processes', async () => {
    const { account, production } = await anAccountWithEvents();
    const { json } = await call('GET', `/v1/events/${production}`, { as: partnerOf([account]) });
    const view = EventView.parse(json);
    expect(view.deliveries).toMatchObject([
      { address: 'page@acme-tours.example', transitions: [{ by: 'platform' }] },
    ]);
    const all = EventView.parse((await call('GET', `/v1/events/${production}`, { as: staff })).json);
    expect(all.deliveries).toMatchObject([{ transitions: [{ by: 'router' }] }]);
  });

  it('reads "platform staff" where nobody of its own was told', async () => {
    const nobody = { technicalEmergency: [], technicalNonEmergency: [], alertContacts: [] };
    const { account, production } = await anAccountWithEvents(nobody);
    const { json, text } = await call('GET', `/v1/events/${production}`, { as: partnerOf([account]) });
    const told = { address: 'platform staff', step: 'accountOwner' };
    expect(EventView.parse(json)).toMatchObject({ rounds: [{ recipients: [told] }], deliveries: [told] });
    expect(text).not.toContain('platform.example');
    const all = await call('GET', `/v1/events/${production}`, { as: operatorKey });
    expect(EventView.parse(all.json)).toMatchObject({ deliveries: [{ address: 'owner@platform.example' }] });
  });

  it('of another account, or of the other environment, is to the byte as one that is not there', async () => {
    const [mine, other] = [await anAccountWithEvents(), await anAccountWithEvents()];
    const as = partnerOf([mine.account]);
    const absent = await call('GET', `/v1/events/${randomUUID()}`, { as });
    expect(absent.status).toBe(404);
    expect(await call('GET', `/v1/events/${other.production}`, { as })).toEqual(absent);
    expect(await call('GET', `/v1/events/${mine.sandbox}?environment=production`, { as })).toEqual(absent);
    expect((await call('GET', `/v1/events/${mine.sandbox}?environment=sandbox`, { as })).status).toBe(200);
  });
});

describe('a preview', () => {
  const emergency = (account: string) => ({
    kind: 'emergency',
    account,
    environment: 'production',
    title: 't',
  });

  it('tells a partner its own contacts, and of the platform that it would be told', async () => {
    const [own, none] = [
      await anAccountWithEvents(),
      await anAccountWithEvents({ technicalEmergency: [], technicalNonEmergency: [], alertContacts: [] }),
    ];
    const as = partnerOf([own.account, none.account]);
    const shown = Preview.parse(
      (await call('POST', '/v1/preview', { as, body: emergency(own.account) })).json,
    );
    expect(shown).toMatchObject({ masked: false, recipients: [{ address: 'page@acme-tours.example' }] });
    const { json } = await call('POST', '/v1/preview', { as, body: emergency(none.account) });
    expect(Preview.parse(json)).toMatchObject({ recipients: [{ address: 'platform staff' }] });
  });

  it('for another account answers a partner to the byte as for one that is not there', async () => {
    const [mine, other] = [await anAccountWithEvents(), await anAccountWithEvents()];
    const as = partnerOf([mine.account]);
    const foreign = await call('POST', '/v1/preview', { as, body: emergency(other.account) });
    expect(foreign).toMatchObject({ status: 404, json: { code: 'not-found' } });
    expect(await call('POST', '/v1/preview', { as, body: emergency('nobody') })).toEqual(foreign);
  });

  it('of an account that nobody knows tells an operator that the operators would be told', async () => {
    const { json } = await call('POST', '/v1/preview', { as: staff, body: emergency('nobody') });
    expect(Preview.parse(json)).toMatchObject({ recipients: [{ address: operatorsMailbox }] });
  });
});
