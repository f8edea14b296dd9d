import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { topicNames, topics, topicsOf, type AddressHealth } from '@signalbox/contracts';
import {
  addressHealthMessage,
  createKafka,
  createProducer,
  createTopics,
  KafkaBatchServer,
  SetAside,
  type DeadRecord,
  type KafkaProducer,
} from '@signalbox/messaging';
import { systemClock } from '@signalbox/runtime';
import { eventually } from '@signalbox/testing';
import type { Connection } from 'mongoose';
import { hash, openRegistryDatabase, silent } from '../registry-under-test.spec.js';
import { AddressFactsStore } from './address-facts-store.js';
import { AddressHealthConsumer } from './address-health.consumer.js';
import { ObserveAddresses } from './observe-addresses.js';

const moved: string[] = [];
let connection: Connection;
let store: AddressFactsStore;
let observe: ObserveAddresses;

beforeAll(async () => {
  connection = await openRegistryDatabase();
  store = new AddressFactsStore(connection);
  await store.createIndexes();
  observe = new ObserveAddresses(store, { later: (accounts) => void moved.push(...accounts) }, systemClock);
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const newAccount = () => `acme-${randomUUID().slice(0, 8)}`;
const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const addressHash = hash(['address', 'page@acme-tours.example']);

function health(
  account: string,
  at: Date,
  observed: AddressHealth['observed'] = 'accepted',
  permanent = false,
) {
  return { account, addressHash, observed, permanent, at: at.toISOString() };
}
const known = async (account: string) => (await store.ofAccount(account)).get(addressHash);

describe('what mail servers said of an address', () => {
  it('stays the latest of each kind, in whatever order and however often it comes', async () => {
    const all = (account: string) => [
      health(account, day(3)),
      health(account, day(1)),
      health(account, day(2), 'bounced', true),
      health(account, day(5), 'bounced', true),
      health(account, day(4)),
    ];
    const [together, reversed, oneByOne] = [newAccount(), newAccount(), newAccount()];
    await observe.execute(all(together));
    await observe.execute(all(reversed).reverse());
    for (const each of [...all(oneByOne), ...all(oneByOne)]) await observe.execute([each]);
    for (const account of [together, reversed, oneByOne]) {
      expect(await known(account)).toMatchObject({
        confirmedAt: null,
        lastAcceptedAt: day(4),
        lastBouncedAt: day(5),
      });
    }
  });

  it('is worth a look at the account only when it changes the state of the address', async () => {
    const account = newAccount();
    const recent = (hoursAgo: number) => new Date(Date.now() - hoursAgo * 3_600_000);
    const timesMoved = async (...observed: AddressHealth[]) => {
      moved.length = 0;
      await observe.execute(observed);
      return moved.filter((each) => each === account).length;
    };
    expect(await timesMoved(health(account, recent(9), 'bounced', true))).toBe(1);
    expect(await timesMoved(health(account, recent(8), 'bounced', true))).toBe(0);
    expect(await timesMoved(health(account, recent(7)), health(account, recent(6)))).toBe(1);
    expect(await timesMoved(health(account, recent(5)))).toBe(0);
  });

  it('is worth a look also when it is the first mail that was tried there', async () => {
    const account = newAccount();
    moved.length = 0;
    await observe.execute([health(account, new Date(Date.now() - 1000))]);
    await observe.execute([health(account, new Date())]);
    expect(moved.filter((each) => each === account)).toHaveLength(1);
  });

  it('is written once by many at the same moment', async () => {
    const account = newAccount();
    const days = Array.from({ length: 28 }, (_, index) => day(index + 1));
    await Promise.all(days.map((at) => observe.execute([health(account, at)])));
    expect(await known(account)).toMatchObject({ lastAcceptedAt: day(28), lastBouncedAt: null });
  });

  it('is nothing when a bounce may pass', async () => {
    const account = newAccount();
    await observe.execute([health(account, day(1), 'bounced', false)]);
    expect(await known(account)).toBeUndefined();
  });

  it('is of now at the latest', async () => {
    const account = newAccount();
    await observe.execute([health(account, new Date('2999-01-01'))]);
    const { lastAcceptedAt } = (await known(account)) ?? {};
    expect(lastAcceptedAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('is kept apart by account, and forgotten in one or in all', async () => {
    const [one, other] = [newAccount(), newAccount()];
    const mailbox = hash(['address', `${one}@acme-tours.example`]);
    for (const account of [one, other]) {
      await observe.execute([health(account, day(1)), { ...health(account, day(1)), addressHash: mailbox }]);
    }
    expect(await store.forget(mailbox, one)).toEqual([one]);
    expect([...(await store.ofAccount(one)).keys()]).toEqual([addressHash]);
    expect(await store.forget(mailbox)).toEqual([other]);
    expect([...(await store.ofAccount(other)).keys()]).toEqual([addressHash]);
    expect(await store.forget(mailbox)).toEqual([]);
  });
});

describe('the consumer of signalbox.address-health', () => {
  const deadLetters: { records: readonly DeadRecord[]; reason: string }[] = [];
  let producer: KafkaProducer;
  let app: INestApplication;

  beforeAll(async () => {
    const brokers = (process.env.KAFKA_BROKERS ?? '').split(',');
    const kafka = createKafka({ brokers, clientId: `spec-${randomUUID().slice(0, 8)}`, log: silent });
    await createTopics(kafka, { [topicNames.addressHealth]: topics[topicNames.addressHealth] });
    producer = createProducer(kafka, { log: silent });
    const setAside = new SetAside({
      deadLetters: {
        send: (records, reason) => Promise.resolve(void deadLetters.push({ records, reason })),
      },
      onSetAside: () => undefined,
      clock: systemClock,
      log: silent,
    });
    const module = await Test.createTestingModule({
      controllers: [AddressHealthConsumer],
      providers: [
        { provide: ObserveAddresses, useValue: observe },
        { provide: SetAside, useValue: setAside },
      ],
    }).compile();
    app = module.createNestApplication({ logger: false });
    const strategy = new KafkaBatchServer({
      kafka,
      consumer: 'address-health',
      log: silent,
      onFatal: (error) => {
        throw error;
      },
      subscription: { groupId: `spec-${randomUUID()}`, topics: topicsOf('address-health') },
    });
    app.connectMicroservice({ strategy });
    await app.startAllMicroservices();
  });
  afterAll(async () => {
    await app.close();
    await producer.close();
  });

  it('takes in what can be read, doubled as it may be, and puts aside what cannot', async () => {
    const account = newAccount();
    const { message } = addressHealthMessage('d1', health(account, day(7)));
    const { message: later } = addressHealthMessage('d2', health(account, day(9)));
    const poison = { key: account, value: `{"poison":"${account}"}`, headers: later.headers };
    await producer.send(topicNames.addressHealth, [later, message, poison, message]);
    await eventually(() => deadLetters.some(({ records }) => String(records[0]?.value).includes(account)), {
      withinMs: 30_000,
    });
    expect(await known(account)).toMatchObject({ lastAcceptedAt: day(9), lastBouncedAt: null });
    expect(deadLetters.filter(({ records }) => records[0]?.key === account)).toMatchObject([
      { reason: 'invalid-address-health' },
    ]);
  });
});
