import { AccountListItem, AccountListQuery, environments } from '@signalbox/contracts';
import type { Connection } from 'mongoose';
import {
  aRegistry,
  askedBy,
  makeAccount,
  openRegistryDatabase,
  recordingPublisher,
  saveEmergency,
  silent,
  storedAccount,
} from '../registry-under-test.spec.js';
import { accountModel, type AccountDocument } from './account-document.js';
import { accountListItem } from './account-views.js';
import { notLookedAt } from './address-listing.js';
import { FillListings } from './fill-listings.js';
import { listingOf } from './listing-of.js';

let connection: Connection;
beforeAll(async () => {
  connection = await openRegistryDatabase();
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const accounts = () => accountModel(connection);
const asker = askedBy('spec');

describe('the listing in an account', () => {
  const registry = () => aRegistry(connection, recordingPublisher());
  const complete = {
    technicalEmergency: { addresses: [{ email: 'page@acme.example' }] },
    technicalNonEmergency: { addresses: [{ email: 'dev@acme.example' }] },
    operationalInternal: { addresses: [{ email: 'ops@acme.example' }] },
    operationalShared: { email: 'help@acme.example', isBrandSupportAlias: true },
    operationalSupport: {
      hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'Europe/Madrid' }],
    },
  } as const;

  async function isRight(account: string): Promise<AccountDocument> {
    const stored = await storedAccount(connection, account);
    expect(stored.listing).toMatchObject(listingOf(stored));
    return stored;
  }

  it('is right after every kind of change', async () => {
    const { facts, users, save, launch, raise, ...rest } = registry();
    const account = await makeAccount({ facts, users, save, launch, raise, ...rest });
    expect((await isRight(account)).listing?.missing.production).toHaveLength(6);

    const { userId } = await users.add(account, { email: 'ana@acme.example', role: 'admin' }, asker);
    await isRight(account);
    const information = { ...complete, alertContacts: { userIds: [userId] } };
    const whole = { account, environment: 'production', matches: () => true, asker } as const;
    await save.execute({ ...whole, mode: 'replace', body: information });
    expect((await isRight(account)).listing?.ready).toEqual({ sandbox: true, production: true });
    await launch.execute(account, asker);
    await isRight(account);

    await save.execute({ ...whole, mode: 'merge', body: { merchantIssues: complete.technicalEmergency } });
    await isRight(account);
    await facts.change(account, { name: 'Ácme & Söhne', integrationType: 'things-to-do' }, asker, true);
    expect((await isRight(account)).listing?.wordStarts).toContain('sohne');
    await facts.change(account, { integrationType: 'reservations' }, asker, true);
    expect((await isRight(account)).listing?.missing.production).toEqual(['merchantIssues']);
    await raise.execute([{ account, heldVersion: 90, differs: false }], asker);
    expect((await isRight(account)).version).toBe(91);
    await users.add(account, { email: 'bo@acme.example', role: 'member' }, asker);
    await isRight(account);
  });

  it('keeps what was said of the addresses through a change, which is to be said anew and makes no version', async () => {
    const one = registry();
    const account = await makeAccount(one);
    const said = {
      addressStates: ['bouncing'],
      addressAdvice: { sandbox: [], production: ['address-bouncing'] },
      addressesDueAt: new Date('2999-01-01'),
    } as const;
    const say = async () =>
      one.store.writeAddressListings([{ account: await storedAccount(connection, account), listing: said }]);
    await say();
    expect(await isRight(account)).toMatchObject({ version: 1, listing: said });
    await saveEmergency(one, account, 'page@acme.example');
    const { addressesDueAt } = notLookedAt;
    expect(await isRight(account)).toMatchObject({ version: 2, listing: { ...said, addressesDueAt } });
    await say();
    expect(await isRight(account)).toMatchObject({ version: 2, listing: said });
  });

  it('is made for accounts from before there was one or by older rules, and newer ones are left alone', async () => {
    const one = registry();
    const [before, older, newer] = await Promise.all([makeAccount(one), makeAccount(one), makeAccount(one)]);
    await accounts().updateOne({ _id: before }, { $unset: { listing: 1 } });
    await accounts().updateOne(
      { _id: older },
      { $set: { listing: { rules: 2, wordStarts: ['x'], addressStates: ['stale'] } } },
    );
    await accounts().updateOne({ _id: newer }, { $set: { 'listing.rules': 999 } });
    const page = await one.read.list(AccountListQuery.parse({ q: before }));
    expect(page.items).toEqual([]);
    // Until then they are shown all the same, as they are found by their ids.
    for (const account of [before, older]) {
      const item = accountListItem(await storedAccount(connection, account), true, environments);
      expect(AccountListItem.parse(item)).toMatchObject({ ready: { production: false }, advice: {} });
    }

    expect(await new FillListings(one.store, silent).execute()).toBe(false);
    await isRight(before);
    const { addressAdvice, addressesDueAt } = notLookedAt;
    expect((await isRight(older)).listing).toMatchObject({
      ...{ addressStates: ['stale'], addressAdvice, addressesDueAt },
    });
    expect((await storedAccount(connection, newer)).listing?.rules).toBe(999);
    const found = await one.read.list(AccountListQuery.parse({ q: before }));
    expect(found.items.map(({ _id }) => _id)).toEqual([before]);
    await accounts().deleteOne({ _id: newer });
  });
});
