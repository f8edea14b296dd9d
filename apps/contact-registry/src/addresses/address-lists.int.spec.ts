import { AccountListQuery, environments, type AdviceCode, type AddressState } from '@signalbox/contracts';
import { addressFreshForMs, addressHashParts } from '@signalbox/domain';
import type { Connection } from 'mongoose';
import { accountListItem } from '../accounts/account-views.js';
import { ReadAccounts } from '../accounts/read-accounts.js';
import {
  accountMailsIn,
  aRegistry,
  hash,
  makeAccount,
  openRegistryDatabase,
  recordingPublisher,
  saveEmergency,
  storedAccount,
} from '../registry-under-test.spec.js';
import { AddressFactsStore } from './address-facts-store.js';
import { ObserveAddresses } from './observe-addresses.js';
import { ReadAddresses } from './read-addresses.js';
import { RefreshAddressStates } from './refresh-address-states.js';

const dayMs = 24 * 60 * 60 * 1000;
const begin = new Date('2026-01-01T12:00:00.000Z');
const after = (days: number, ms = 0) => new Date(begin.getTime() + days * dayMs + ms);
const address = 'page@acme.example';

let connection: Connection;
let now = begin;
beforeAll(async () => {
  connection = await openRegistryDatabase();
});
beforeEach(() => {
  now = begin;
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

/** One registry process with what it knows of addresses; its clock is the spec's. */
function aProcess() {
  const registry = aRegistry(connection, recordingPublisher());
  const facts = new AddressFactsStore(connection);
  const clock = { now: () => now };
  const states = new RefreshAddressStates({ accounts: registry.store, facts, hash, clock });
  const addresses = new ReadAddresses({ facts, mails: accountMailsIn(connection), hash, clock });
  const observe = new ObserveAddresses(facts, states, clock);
  return { registry, facts, states, observe, read: new ReadAccounts(registry.store, addresses) };
}
type Process = ReturnType<typeof aProcess>;

const addressHash = hash(addressHashParts(address));
const observed = (account: string, what: 'accepted' | 'bounced', at: Date) => ({
  ...{ account, addressHash, observed: what, permanent: true },
  at: at.toISOString(),
});

async function anAccount({ registry, states }: Process): Promise<string> {
  const account = await makeAccount(registry);
  await saveEmergency(registry, account, address);
  await states.execute();
  return account;
}

/** Whether the account is in each of the lists of these states and codes, and in none of the others. */
async function isListed({ registry }: Process, account: string, ...wanted: (AddressState | AdviceCode)[]) {
  const has = async (query: object) => {
    const { items } = await registry.read.list(AccountListQuery.parse({ q: account, ...query }));
    return items.some(({ _id }) => _id === account);
  };
  const addressStates = ['unconfirmed', 'confirmed', 'stale', 'bouncing'] as const;
  const codes = ['address-bouncing', 'address-stale', 'never-tested'] as const;
  const found: string[] = [];
  for (const addressState of addressStates) if (await has({ addressState })) found.push(addressState);
  for (const advice of codes) if (await has({ advice })) found.push(advice);
  expect(found.sort()).toEqual([...wanted].sort());
}

describe('in the lists of operators', () => {
  it('an address turns stale by time alone, at its instant, and nobody has to say so', async () => {
    const process = aProcess();
    const account = await anAccount(process);
    await process.facts.confirm(account, addressHash, begin);
    // A day before, which makes it due again at the instant and no later.
    now = after(0, addressFreshForMs - dayMs + 1);
    await process.states.execute();
    await isListed(process, account, 'confirmed');

    now = after(0, addressFreshForMs - 1);
    await process.states.execute();
    await isListed(process, account, 'confirmed');
    now = after(0, addressFreshForMs);
    await aProcess().states.execute();
    await isListed(process, account, 'stale', 'address-stale');
  });

  it('what mail servers say shows, the first mail that was taken too, which changes no state', async () => {
    const process = aProcess();
    const account = await anAccount(process);
    await isListed(process, account, 'unconfirmed', 'never-tested');
    await process.observe.execute([observed(account, 'accepted', begin)]);
    await process.states.execute();
    await isListed(process, account, 'unconfirmed');
    now = after(1);
    await process.observe.execute([observed(account, 'bounced', now)]);
    await process.states.execute();
    await isListed(process, account, 'bouncing', 'address-bouncing');
  });

  it('a change of addresses shows, also when the process that made it has died', async () => {
    const process = aProcess();
    const account = await anAccount(process);
    await process.observe.execute([observed(account, 'accepted', begin)]);
    await process.states.execute();
    await isListed(process, account, 'unconfirmed');
    await saveEmergency(process.registry, account, 'new@acme.example');
    await aProcess().states.execute();
    await isListed(process, account, 'unconfirmed', 'never-tested');
  });

  it('what a process knew when it died shows within a day', async () => {
    const process = aProcess();
    const account = await anAccount(process);
    await process.facts.confirm(account, addressHash, begin);
    now = after(1, -1);
    await aProcess().states.execute();
    await isListed(process, account, 'unconfirmed', 'never-tested');
    now = after(1);
    await aProcess().states.execute();
    await isListed(process, account, 'confirmed');
  });

  it('what was read before a change of the account is never written after it', async () => {
    const { registry, states } = aProcess();
    const account = await anAccount(aProcess());
    const before = await storedAccount(connection, account);
    await saveEmergency(registry, account, 'new@acme.example');
    const listing = {
      addressStates: ['stale' as const],
      addressAdvice: { sandbox: [], production: ['address-stale' as const] },
      addressesDueAt: after(1000),
    };
    await registry.store.writeAddressListings([{ account: before, listing }]);
    await states.execute();
    expect((await storedAccount(connection, account)).listing).toMatchObject({
      addressStates: ['unconfirmed'],
      addressesDueAt: after(1),
    });
  });

  it('an account shows the codes that its readiness gives, in each environment', async () => {
    const process = aProcess();
    const { registry, states, read } = process;
    const account = await anAccount(process);
    const asker = { by: 'spec', actor: { kind: 'tool' as const, id: 'spec' }, from: null };
    const user = await registry.users.add(account, { email: 'bo@acme.example', role: 'admin' }, asker);
    await process.observe.execute([observed(account, 'bounced', begin)]);
    const lists = (...emails: string[]) => ({ addresses: emails.map((email) => ({ email })) });
    const bodies = [
      { operationalShared: { email: 'ana.souza@gmail.com', isBrandSupportAlias: true } },
      { technicalEmergency: lists(address, 'ana.souza@gmail.com'), operationalInternal: lists(address) },
      { technicalNonEmergency: lists('bo@acme.example'), alertContacts: { userIds: [user.userId] } },
    ];
    const seen = new Set<string>();
    for (const body of bodies) {
      const whole = { account, environment: 'production', mode: 'merge', matches: () => true } as const;
      expect((await registry.save.execute({ ...whole, body, asker })).kind).toBe('done');
      await states.execute();
      const item = accountListItem(await storedAccount(connection, account), true, environments);
      for (const environment of environments) {
        const readiness = await read.readiness(account, environment);
        const codes = new Set(readiness?.advice.map(({ code }) => code));
        expect([environment, new Set(item.advice[environment])]).toEqual([environment, codes]);
        for (const code of codes) seen.add(`${environment} ${code}`);
      }
      expect(item.advice.production?.length).toBeGreaterThan(0);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['production same-address-twice', 'sandbox address-bouncing']),
    );
  });
});
