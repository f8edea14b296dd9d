import mongoose from 'mongoose';
import { erasedAddress, isErasedAddress, type ErasureView } from '@signalbox/contracts';
import { eventually } from '@signalbox/testing';
import { logsSeen, mongoSeen, placesOf, redisSeen, type Seen } from '../support/surfaces.js';
import { token, useSignalbox } from '../support/signalbox.js';

const mark = token();
const address = `${mark}.Souza@erase.example`;
const account = `erase-${token()}`;
const path = `/v1/accounts/${account}`;
const one = (email: string) => ({ addresses: [{ email }] });

describe('an erased address is nowhere', () => {
  const signalbox = useSignalbox();
  const told = token();
  const waiting = token();

  const everywhere = async (): Promise<Seen[]> =>
    (await Promise.all([mongoSeen(signalbox()), redisSeen(signalbox()), logsSeen(signalbox())])).flat();
  const post = (title: string) =>
    signalbox().post({
      ...{ kind: 'emergency', account, id: title, title },
      summary: `Reported by ${address}.`,
      details: { [address]: 'on call' },
    });

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
    await post(told);
    await signalbox().mailsArrived(told, 1);
    await signalbox().settled();
    signalbox().stack.process('email-worker').kill('SIGSTOP');
    await post(waiting);
    await signalbox().eventDecided(waiting);
  }, 240_000);

  it('in any database, in Redis, in any log; and who it was to be told for, the next one is', async () => {
    const before = placesOf([mark], await everywhere());
    expect(before).toEqual(
      expect.arrayContaining(
        ['accounts', 'accountHistory', 'dispatches', 'deliveries', 'contactViews', 'accountMails'].map(
          (collection) => `${mark} in the collection ${collection}`,
        ),
      ),
    );
    const { operator } = signalbox();
    const asked = await operator.call<ErasureView>('POST', '/v1/erasures', {
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
