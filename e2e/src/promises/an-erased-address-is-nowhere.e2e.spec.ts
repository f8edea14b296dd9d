import mongoose from 'mongoose';
import { erasedAddress, isErasedAddress, type ErasureView } from '@signalbox/contracts';
import { eventually } from '@signalbox/testing';
import { GatewayClient } from '@signalbox/tools';
import { logsSeen, mongoSeen, placesOf, redisSeen, type Seen } from '../support/surfaces.js';
import { token, useSignalbox } from '../support/signalbox.js';

const mark = token();
const address = `${mark}.Souza@erase.example`;
const account = `erase-${token()}`;
const path = `/v1/accounts/${account}`;
const collections = [
  ...['accounts', 'accountHistory', 'dispatches', 'deliveries', 'contactViews', 'accountMails'],
  ...['apiKeys', 'staff', 'invitations'],
];
const one = (email: string) => ({ addresses: [{ email }] });

describe('an erased address is nowhere', () => {
  const signalbox = useSignalbox();
  const told = token();
  const waiting = token();
  const elsewhere = token();
  let namedKey: GatewayClient;

  const everywhere = async (): Promise<Seen[]> =>
    (await Promise.all([mongoSeen(signalbox()), redisSeen(signalbox()), logsSeen(signalbox())])).flat();
  const post = (title: string, where: { readonly id?: string; readonly account?: string } = {}) =>
    signalbox().post({
      ...{ kind: 'emergency', account, id: title, title, source: `mailto:${encodeURIComponent(address)}` },
      ...where,
      summary: `Reported by ${address}.`,
      details: { [address]: 'on call' },
    });

  /** Where no address belongs, and one may stand all the same: names. What is done with that key names it too. */
  const plantInTexts = async (): Promise<void> => {
    const { operator, stack } = signalbox();
    const { body } = await operator.call<{ secret: string }>('POST', '/v1/api-keys', {
      body: { name: `key of ${address}`, scopes: ['operator'] },
      expect: [201],
    });
    namedKey = new GatewayClient(stack.gateway, body.secret);
    await namedKey.call('POST', '/v1/staff', {
      body: { email: 'lee@platform.example', name: `Lee for ${address}`, role: 'support' },
      expect: [201],
    });
    await namedKey.call('PATCH', path, { body: { name: `Erase ${address}` }, expect: [200] });
    await namedKey.call('POST', `${path}/invitations`, {
      body: { email: 'rui@erase.example', name: `Rui for ${address}` },
      expect: [201],
    });
  };

  beforeAll(async () => {
    const { operator } = signalbox();
    await operator.call('POST', '/v1/accounts', {
      body: { id: account, name: 'Erase', integrationType: 'things-to-do', owner: address },
      expect: [201],
    });
    const { body } = await operator.call<{ user: { id: string } }>('POST', `${path}/users`, {
      body: { email: address, role: 'admin', name: 'Ana' },
      expect: [201],
    });
    const save = (operationalInternal: string) =>
      operator.call('PUT', `${path}/contact-information`, {
        ifMatch: '*',
        body: {
          alertContacts: { userIds: [body.user.id] },
          technicalEmergency: one(address),
          technicalNonEmergency: one('dev@erase.example'),
          operationalInternal: one(operationalInternal),
          operationalShared: { email: address, isBrandSupportAlias: true },
        },
        expect: [200],
      });
    // The history has it where the account does not any more.
    await save(address);
    await save('ops@erase.example');
    await operator.call('POST', '/v1/sign-in', { body: { email: address }, expect: [202] });
    await operator.call('POST', `${path}/contact-information/addresses/confirmation`, {
      body: { email: address },
      expect: [202],
    });
    await plantInTexts();
    await post(told);
    await post(elsewhere, { id: `${elsewhere} of ${address}`, account: address });
    await signalbox().mailsArrived(told, 1);
    await signalbox().settled();
    signalbox().stack.process('email-worker').kill('SIGSTOP');
    await post(waiting);
    await signalbox().eventDecided(waiting);
  }, 240_000);

  it('in any database, in Redis, in any log; and who it was to be told for, the next one is', async () => {
    const before = placesOf([mark], await everywhere());
    expect(before).toEqual(
      expect.arrayContaining(collections.map((collection) => `${mark} in the collection ${collection}`)),
    );
    const { operator } = signalbox();
    const asked = await namedKey.call<ErasureView>('POST', '/v1/erasures', {
      body: { address },
      expect: [202],
    });
    const { id, addressHash } = asked.body;
    expect(asked.body).toMatchObject({ state: 'running', accounts: 1 });
    const suppressed = async () => (await signalbox().event(waiting)).deliveries.map(({ reason }) => reason);
    await eventually(async () => (await suppressed()).includes('erased'), { withinMs: 60_000 });
    signalbox().stack.process('email-worker').kill('SIGCONT');

    const done = await eventually(
      async () => {
        const { body } = await operator.call<ErasureView>('GET', `/v1/erasures/${id}`, { expect: [200] });
        return body.state === 'done' && body;
      },
      { withinMs: 240_000, everyMs: 1_000, what: 'the erasure being done' },
    );
    expect(done.changed).toMatchObject({ accounts: 1, suppressedDeliveries: 1, signIns: 1 });
    expect(placesOf([mark], await everywhere())).toEqual([]);

    await signalbox().settled();
    expect(await signalbox().recipientsAbout(waiting)).toEqual(['dev@erase.example']);
    const { deliveries } = await signalbox().event(told);
    expect(deliveries.map((each) => [each.address, each.state])).toEqual([
      [erasedAddress(addressHash), 'sent'],
    ]);
    expect(deliveries.every((each) => isErasedAddress(each.address))).toBe(true);
    expect((await signalbox().ledger()).difference).toBe(0);
  }, 400_000);

  it('and the search finds it where it is planted', async () => {
    const planted = token();
    const connection = await mongoose
      .createConnection(signalbox().stack.engines.mongo.address, { dbName: 'signalbox_registry' })
      .asPromise();
    await connection.collection('planted').insertOne({ text: `x ${planted}` });
    await connection.close();
    expect(placesOf([planted], await mongoSeen(signalbox()))).toEqual([
      `${planted} in the collection planted`,
    ]);
  });
});
