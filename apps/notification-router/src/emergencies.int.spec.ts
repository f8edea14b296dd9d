import { anAccountSnapshot } from '@signalbox/testing';
import { mostInPart } from './account-previews.js';
import {
  apply,
  asReceived,
  emergencyFor,
  olga,
  otto,
  peopleOver,
  problemOf,
} from './mailings-under-test.spec.js';
import {
  aRouter,
  claim,
  clock,
  countDispatches,
  exceptionsOf,
  hash,
  openStore,
  operatorsMailbox,
  type Store,
} from './real-store.spec.js';
import { dispatchIdOf } from './to-dispatch.js';

let store: Store;
beforeEach(async () => {
  store = await openStore();
  await apply(store, [acme(1), bistro]);
});
afterEach(() => store.end());

const acme = (version: number, email = 'page@acme.example') =>
  anAccountSnapshot({
    account: 'acme',
    version,
    name: 'Acme',
    locale: 'pt-BR',
    contacts: { technicalEmergency: [{ email }] },
  });
const bistro = anAccountSnapshot({
  account: 'bistro',
  version: 1,
  name: 'Bistro',
  locale: 'es',
  integrationType: 'reservations',
  owner: null,
  contacts: { technicalEmergency: [], technicalNonEmergency: [], alertContacts: [] },
});
const minuteMs = 60_000;
const both = emergencyFor('bistro', 'acme');

describe('a preview of an emergency', () => {
  it('says who would be told of each account, and where there is a hole', async () => {
    const shown = await peopleOver(store).preview.execute(emergencyFor('nobody', 'bistro', 'acme'), olga);
    expect(shown).toMatchObject({
      counts: { accounts: 3, recipients: 3, fallingBack: 2, holes: 2 },
      holes: ['bistro', 'nobody'],
      accounts: {
        items: [
          {
            account: 'acme',
            contactVersion: 1,
            recipients: [{ address: 'page@acme.example', language: 'pt-BR', why: 'category' }],
            isHole: false,
          },
          {
            account: 'bistro',
            recipients: [{ address: operatorsMailbox, step: 'operators', why: 'fallback' }],
            isHole: true,
          },
          { account: 'nobody', contactVersion: null, recipients: [{ why: 'unroutable' }], isHole: true },
        ],
        nextCursor: null,
      },
    });
  });

  it('shows the mail in each language that occurs, with a link to acknowledge that is nobody’s', async () => {
    const { mails } = await peopleOver(store).preview.execute(both, olga);
    expect(mails.map(({ language, account }) => [language, account])).toEqual([
      ['en', 'bistro'],
      ['pt-BR', 'acme'],
    ]);
    expect(mails[1]?.subject).toContain('Acme: Integration disabled');
    expect(mails[1]?.text).toMatch(/#token=preview\.|token=preview\./);
  });

  it('reaches all accounts of an integration type, more than are decided together', async () => {
    const many = Array.from({ length: mostInPart + 5 }, (_, index) =>
      anAccountSnapshot({ account: `r${String(index).padStart(4, '0')}`, integrationType: 'reservations' }),
    );
    await apply(store, many);
    const { preview, mailings } = peopleOver(store);
    const asked = { ...both, audience: { integrationTypes: ['reservations' as const] } };
    const { counts, token, accounts } = await preview.execute(asked, olga);
    expect(counts.accounts).toBe(many.length + 1);
    const { parts = 0, list = '' } = (await mailings.find(token)) ?? {};
    const stored = [];
    for (let number = 0; number < parts; number++)
      stored.push(...((await mailings.findPart(list, number))?.accounts ?? []));
    expect(stored).toEqual(['bistro', ...many.map(({ account }) => account)]);
    expect(accounts.nextCursor).toBe(accounts.items.at(-1)?.account);
  });

  it('is refused when no account fits', async () => {
    const nobody = { ...both, audience: { integrationTypes: ['ordering' as const] } };
    await store.connection.collection('contactViews').deleteMany({});
    expect(await problemOf(peopleOver(store).preview.execute(nobody, olga))).toEqual({
      code: 'invalid-request',
    });
  });
});

describe('confirming it', () => {
  it('publishes one event an account, and tells just those who were shown', async () => {
    const { preview, confirm, publish, kafka } = peopleOver(store);
    const { token } = await preview.execute(both, olga);
    expect(await confirm.execute(token, both, olga)).toMatchObject({
      id: token,
      state: 'confirmed',
      by: olga,
    });
    expect(await publish.execute(['emergency'])).toBe(true);
    expect(await publish.execute(['emergency'])).toBe(false);
    expect(kafka.map(({ account, mailing }) => [account, mailing])).toEqual([
      ['acme', { id: token, accounts: 2 }],
      ['bistro', { id: token, accounts: 2 }],
    ]);
    const { route, jobs } = aRouter(store);
    await route.execute(asReceived(kafka));
    expect(jobs.deliveries()).toHaveLength(2);
  });

  it('twice, or at once from two places, sends once', async () => {
    const { preview, confirm, publish, kafka } = peopleOver(store);
    const { token } = await preview.execute(both, olga);
    await Promise.all([1, 2, 3].map(() => confirm.execute(token, both, olga)));
    while (await publish.execute(['emergency']));
    expect(await confirm.execute(token, both, olga)).toMatchObject({
      id: token,
      state: 'published',
      published: 2,
    });
    while (await publish.execute(['emergency']));
    expect(kafka).toHaveLength(2);
  });

  it.each([
    ['other content', { ...both, data: { ...both.data, title: 'Other' } }, olga, 'preview-differs'],
    ['other accounts', emergencyFor('acme'), olga, 'preview-differs'],
    ['somebody else', both, otto, 'preview-differs'],
  ])('with %s is refused', async (_, asked, by, code) => {
    const { preview, confirm } = peopleOver(store);
    const { token } = await preview.execute(both, olga);
    expect(await problemOf(confirm.execute(token, asked, by))).toEqual({ code });
  });

  it('with a token that was changed, or one that has run out, is refused', async () => {
    const { preview, confirm } = peopleOver(store);
    const { token } = await preview.execute(both, olga);
    expect(await problemOf(confirm.execute(`${token}0`, both, olga))).toEqual({ code: 'preview-unknown' });
    const later = peopleOver(store, { at: { now: () => new Date(clock.now().getTime() + 16 * minuteMs) } });
    expect(await problemOf(later.confirm.execute(token, both, olga))).toEqual({ code: 'preview-expired' });
  });

  it('is refused once when others would be told by then, with what differs, and the new token sends', async () => {
    const { preview, confirm } = peopleOver(store);
    const { token } = await preview.execute(both, olga);
    await apply(store, [acme(2, 'new@acme.example')]);
    const { token: next, ...problem } = await problemOf(confirm.execute(token, both, olga));
    expect(problem).toMatchObject({
      code: 'recipients-changed',
      changed: 1,
      changes: [{ account: 'acme', before: ['page@acme.example'], now: ['new@acme.example'] }],
    });
    expect(await confirm.execute(String(next), both, olga)).toMatchObject({ id: next, state: 'confirmed' });
  });

  it('keeps who would be told no longer than it has to', async () => {
    const { preview, confirm, mailings } = peopleOver(store);
    const { token } = await preview.execute(both, olga);
    await confirm.execute(token, both, olga);
    const { list = '' } = (await mailings.find(token)) ?? {};
    const part = await mailings.findPart(list, 0);
    expect(part).toEqual({ _id: `${list}:0`, list, number: 0, accounts: ['acme', 'bistro'] });
  });
});

describe('an emergency that is over', () => {
  /** Declared and decided; Acme's mail is accepted, and Bistro's, which went to the operators, is not yet. */
  async function declared() {
    const people = peopleOver(store);
    const { token } = await people.preview.execute(both, olga);
    await people.confirm.execute(token, both, olga);
    while (await people.publish.execute(['emergency']));
    await aRouter(store).route.execute(asReceived(people.kafka));
    for (const delivery of await store.connection
      .collection('deliveries')
      .find({ account: 'acme' })
      .toArray())
      await (await claim(store, { _id: String(delivery._id), attempt: 1 })).settle('sent');
    people.kafka.length = 0;
    return { ...people, token };
  }

  it('is resolved for those who were told, whoever the contacts are by then, and once', async () => {
    const { resolve, publish, kafka, token } = await declared();
    await apply(store, [acme(2, 'new@acme.example')]);
    const allClear = await resolve.execute(token, { summary: 'It was a certificate.' }, otto);
    expect(await resolve.execute(token, {}, olga)).toMatchObject({ id: allClear.id, by: otto });
    while (await publish.execute(['emergency']));
    const { route } = aRouter(store);
    await route.execute(asReceived(kafka, 100));
    const told = await store.connection
      .collection('deliveries')
      .find({ 'mailing.id': allClear.id })
      .sort({ account: 1 })
      .toArray();
    expect(told.map(({ account, address, why }) => [account, address, why] as unknown[])).toEqual([
      ['acme', 'page@acme.example', 'told-before'],
      ['bistro', operatorsMailbox, 'told-before'],
    ]);
  });

  it('is shown as resolved, with what became of each account', async () => {
    const { resolve, read, token } = await declared();
    await resolve.execute(token, {}, otto);
    expect(await read.one(['emergency'], token)).toMatchObject({
      state: 'published',
      published: 2,
      resolvedAt: expect.any(String) as string,
      progress: { events: { delivering: 2 }, deliveries: { sent: 1, pending: 1 }, acknowledged: 0 },
    });
    const first = await read.results(['emergency'], token, { limit: 1 });
    expect(first.items).toMatchObject([
      { account: 'acme', state: 'delivering', recipients: [{ address: 'page@acme.example', state: 'sent' }] },
    ]);
    const second = await read.results(['emergency'], token, { limit: 1, cursor: String(first.nextCursor) });
    expect(second).toMatchObject({ items: [{ account: 'bistro' }], nextCursor: null });
    const listed = await read.list(['emergency'], { limit: 10 });
    expect(listed.items.map(({ resolves }) => resolves)).toEqual([token, null]);
  });

  it('cannot be resolved while it is being published', async () => {
    const { preview, confirm, resolve } = peopleOver(store);
    const { token } = await preview.execute(both, olga);
    expect(await problemOf(resolve.execute(token, {}, olga))).toEqual({ code: 'not-found' });
    await confirm.execute(token, both, olga);
    expect(await problemOf(resolve.execute(token, {}, olga))).toEqual({ code: 'not-published-yet' });
  });
});

it('a single one goes before a mass one', async () => {
  const { preview, confirm, publish, kafka } = peopleOver(store);
  for (const asked of [both, emergencyFor('acme')])
    await confirm.execute((await preview.execute(asked, olga)).token, asked, olga);
  while (await publish.execute(['emergency']));
  const { route, jobs } = aRouter(store);
  await route.execute(asReceived(kafka));
  expect([...jobs.known.values()].map(({ single }) => single)).toEqual([false, false, true]);
});

it('a router that dies after publishing and before saying so publishes the same again: a duplicate, told once', async () => {
  const { preview, confirm, mailings, kafka, publish } = peopleOver(store);
  const { token } = await preview.execute(both, olga);
  await confirm.execute(token, both, olga);
  const dying = peopleOver(store, {
    mailings: { ...mailings, partPublished: () => Promise.reject(new Error('killed')) },
  });
  expect(await dying.publish.execute(['emergency'])).toBe(false);
  await publish.execute(['emergency']);
  const { route, jobs } = aRouter(store);
  await route.execute(asReceived([...dying.kafka, ...kafka]));
  expect(jobs.deliveries()).toHaveLength(2);
  expect(await countDispatches(store)).toBe(2);
  for (const event of kafka)
    expect(await exceptionsOf(store, dispatchIdOf(hash, event))).toMatchObject([
      { what: 'duplicate', reason: 'same-content' },
    ]);
});

it('an account whose contacts change after it was confirmed is told as it is by then', async () => {
  const { preview, confirm, publish, kafka } = peopleOver(store);
  const { token } = await preview.execute(both, olga);
  await confirm.execute(token, both, olga);
  await apply(store, [acme(2, 'new@acme.example')]);
  await publish.execute(['emergency']);
  const { route } = aRouter(store);
  await route.execute(asReceived(kafka));
  const told = await store.connection.collection('deliveries').distinct('address');
  expect(told.sort()).toEqual(['new@acme.example', operatorsMailbox].sort());
});
