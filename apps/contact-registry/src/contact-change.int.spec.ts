import type { Connection } from 'mongoose';
import { createKafka, createProducer, contactUpdatedMessage } from '@signalbox/messaging';
import { eventually } from '@signalbox/testing';
import { accountModel, historyModel } from './accounts/account-document.js';
import {
  aRegistry,
  askedBy,
  eventuallyClean,
  makeAccount,
  openContactTopic,
  openRegistryDatabase,
  recordingPublisher,
  saveEmergency,
  silent,
  storedAccount,
} from './registry-under-test.spec.js';

let connection: Connection;
beforeAll(async () => {
  connection = await openRegistryDatabase();
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

/** As if the turn's five seconds were over: the process that holds it stands still. */
const endTurn = (account: string) =>
  accountModel(connection).updateOne({ _id: account }, { $set: { 'relay.until': new Date(0) } });

/** Who sees all of a history. */
const operator = { seesInternals: true };

const page = (n: number | string) => `page-${n}@acme.example`;
const one = (email: string) => ({ addresses: [{ email }] });
const ana = { email: 'ana@acme.example', role: 'admin', language: 'pt-BR' } as const;

describe('a contact change, with two registries on one database', () => {
  it('is taken once for one ETag, and the other is told that it is stale', async () => {
    const topic = recordingPublisher();
    const [a, b] = [aRegistry(connection, topic), aRegistry(connection, topic)];
    const account = await makeAccount(a);
    const save = (registry: typeof a, n: number) =>
      registry.save.execute({
        account,
        environment: 'production',
        mode: 'replace',
        body: { technicalEmergency: { addresses: [{ email: page(n) }] } },
        matches: (revision) => revision === 0,
        asker: askedBy('spec'),
      });
    const outcomes = await Promise.all([save(a, 1), save(b, 2), save(a, 3), save(b, 4)]);
    const kinds = outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.why.kind : outcome.kind));
    expect(kinds.sort()).toEqual(['done', 'stale', 'stale', 'stale']);
    expect(await storedAccount(connection, account)).toMatchObject({ revision: 1, version: 2 });
  });

  it('of 50 writers at once makes 50 versions, and the topic rises strictly to the newest', async () => {
    const topic = await openContactTopic((process.env.KAFKA_BROKERS ?? '').split(','));
    try {
      const registries = [aRegistry(connection, topic.publisher), aRegistry(connection, topic.publisher)];
      const [first = aRegistry(connection, topic.publisher)] = registries;
      const account = await makeAccount(first);
      const writer = async (n: number) => {
        const registry = registries[n % 2] ?? first;
        for (;;) {
          const { revision: known } = await storedAccount(connection, account);
          const outcome = await registry.save.execute({
            account,
            environment: 'production',
            mode: 'merge',
            body: { technicalEmergency: { addresses: [{ email: page(n) }] } },
            matches: (revision) => revision === known,
            asker: askedBy(`writer ${n}`),
          });
          if (outcome.kind === 'done') return outcome.account.version;
        }
      };
      const versions = await Promise.all(Array.from({ length: 50 }, (_, n) => writer(n)));
      expect(versions.sort((one, other) => one - other)).toEqual(Array.from({ length: 50 }, (_, n) => n + 2));

      await eventuallyClean(connection, account);
      const history = await first.read.history(account, operator, 200);
      expect(history?.items.map(({ version }) => version)).toEqual(
        Array.from({ length: 51 }, (_, n) => 51 - n),
      );
      expect(new Set(history?.items.map(({ by }) => by)).size).toBe(51);

      const published = await eventually(() => {
        const seen = topic.versionsOf(account);
        return seen.at(-1) === 51 && seen;
      });
      const strictlyRising = [...new Set(published)].sort((one, other) => one - other);
      expect(published).toEqual(strictlyRising);
    } finally {
      await topic.close();
    }
  }, 120_000);

  it('that met the send of another one is published by that one, who finds the version moved', async () => {
    const topic = recordingPublisher();
    const [a, b] = [aRegistry(connection, topic), aRegistry(connection, topic)];
    const account = await makeAccount(a);
    topic.hold();
    const first = saveEmergency(a, account, page(1));
    await topic.held();
    const second = saveEmergency(b, account, page(2));
    await eventually(async () => (await storedAccount(connection, account)).version === 3);
    topic.letThrough();
    expect(await first).toMatchObject({ kind: 'done', inForce: true, account: { version: 2 } });
    expect(await second).toMatchObject({ kind: 'done', inForce: true, account: { version: 3 } });
    expect(topic.versionsOf(account)).toEqual([1, 2, 3]);
    expect(await eventuallyClean(connection, account)).toMatchObject({ relay: null });
  });

  it('whose writer failed to send is published by the next pass of any registry', async () => {
    const [away, topic] = [recordingPublisher(), recordingPublisher()];
    const [a, b] = [aRegistry(connection, away, { limitMs: 200 }), aRegistry(connection, topic)];
    const account = await makeAccount(b);
    away.failWith(new Error('no broker'));
    expect(await saveEmergency(a, account, page(1))).toMatchObject({ kind: 'done', inForce: false });
    await eventually(async () => {
      await b.relay.execute();
      return topic.versionsOf(account).length > 1;
    });
    expect(topic.versionsOf(account)).toEqual([1, 2]);
    await eventuallyClean(connection, account);
  });

  it('whose writer died is published once its turn is over, and not before', async () => {
    const [grave, topic] = [recordingPublisher(), recordingPublisher()];
    const dead = aRegistry(connection, grave, { limitMs: 50, renewMs: 2 ** 30 });
    const alive = aRegistry(connection, topic);
    const account = await makeAccount(alive);
    grave.hold();
    const written = await saveEmergency(dead, account, page(1));
    const { relay } = await storedAccount(connection, account);
    expect(written).toMatchObject({ kind: 'done', inForce: false });

    await alive.relay.execute();
    expect(topic.versionsOf(account)).toEqual([1]);
    await eventually(
      async () => {
        await alive.relay.execute();
        return topic.versionsOf(account).includes(2);
      },
      { everyMs: 250 },
    );
    const { publishedAt } = await eventuallyClean(connection, account);
    expect(publishedAt?.getTime()).toBeGreaterThanOrEqual(relay?.until.getTime() ?? Infinity);
    grave.letThrough(); // Else its renewal would keep the spec's process alive.
    await dead.publishing.settled(10_000);
  });

  it('is saved without being in force while Kafka is away, within about two seconds, and follows later', async () => {
    const nowhere = createKafka({ brokers: ['127.0.0.1:1'], clientId: 'spec', log: silent });
    const producer = createProducer(nowhere, { log: silent });
    const topic = recordingPublisher();
    const alive = aRegistry(connection, topic);
    const account = await makeAccount(alive);
    const cutOff = aRegistry(connection, {
      publish: (snapshot) => {
        const { topic: name, message } = contactUpdatedMessage(snapshot, new Date());
        return producer.send(name, [message], 60_000);
      },
    });
    const startedMs = performance.now();
    expect(await saveEmergency(cutOff, account, page(1))).toMatchObject({ kind: 'done', inForce: false });
    expect(performance.now() - startedMs).toBeLessThan(2_600);
    expect(await storedAccount(connection, account)).toMatchObject({ dirty: true, published: 1 });

    await eventually(async () => {
      await alive.relay.execute();
      return topic.versionsOf(account).at(-1) === 2;
    });
    await cutOff.publishing.settled(10_000);
    await producer.close();
    await eventuallyClean(connection, account);
  });

  it('keeps its turn while a send lasts longer than a turn', async () => {
    const [slow, topic] = [recordingPublisher(), recordingPublisher()];
    const a = aRegistry(connection, slow, { limitMs: 50, renewMs: 100 });
    const b = aRegistry(connection, topic);
    const account = await makeAccount(b);
    slow.hold();
    await saveEmergency(a, account, page(1));
    const { relay: before } = await storedAccount(connection, account);
    await eventually(async () => {
      const { relay } = await storedAccount(connection, account);
      return relay !== null && before !== null && relay.until > before.until;
    });
    slow.letThrough();
    await eventuallyClean(connection, account);
  });

  it('is not sent by a process that has lost its turn before it came to send', async () => {
    const [late, topic] = [recordingPublisher(), recordingPublisher()];
    const [sleeper, awake] = [aRegistry(connection, late), aRegistry(connection, topic)];
    const account = await makeAccount(awake);
    const turn = sleeper.publishing.newTurn();
    const held = await sleeper.store.takeTurn(account, turn);
    await endTurn(account);
    expect(await saveEmergency(awake, account, page(2))).toMatchObject({ inForce: true });

    expect(held && (await sleeper.publishing.relay(held, turn))).toBe(false);
    expect(late.sent).toEqual([]);
  });

  it('stands last on the topic even after a process that slept through its turn has sent an older one', async () => {
    const [late, topic] = [recordingPublisher(), recordingPublisher()];
    const sleeper = aRegistry(connection, late, { limitMs: 50, renewMs: 2 ** 30 });
    const awake = aRegistry(connection, topic);
    const account = await makeAccount(awake);
    late.hold();
    await saveEmergency(sleeper, account, page(1));
    await late.held();
    await endTurn(account);
    expect(await saveEmergency(awake, account, page(2))).toMatchObject({ inForce: true });

    late.letThrough();
    await sleeper.publishing.settled(10_000);
    expect(late.versionsOf(account)).toEqual([2]);
    await awake.relay.execute();
    expect(topic.versionsOf(account)).toEqual([1, 3, 3]);
    await eventuallyClean(connection, account);
  });

  it('that is called for again while it is being sent is sent again', async () => {
    const topic = recordingPublisher();
    const registry = aRegistry(connection, topic);
    const account = await makeAccount(registry);
    topic.hold();
    const saving = saveEmergency(registry, account, page(1));
    await topic.held();
    await registry.store.markDirty([account]);
    topic.letThrough();
    await saving;
    await eventuallyClean(connection, account);
    expect(topic.versionsOf(account)).toEqual([1, 2, 2]);
  });

  it('of nothing makes no version and says whether what stands there is in force', async () => {
    const topic = recordingPublisher();
    const registry = aRegistry(connection, topic, { limitMs: 100 });
    const account = await makeAccount(registry);
    await saveEmergency(registry, account, page(1));
    const again = await saveEmergency(registry, account, page(1));
    expect(again).toMatchObject({ kind: 'done', inForce: true, account: { version: 2, revision: 1 } });
    topic.failWith(new Error('no broker'));
    await saveEmergency(registry, account, page(2));
    expect(await saveEmergency(registry, account, page(2))).toMatchObject({ inForce: false });
    expect(topic.versionsOf(account)).toEqual([1, 2]);
  });

  it('is published again a day later, though nothing changed', async () => {
    const topic = recordingPublisher();
    const tomorrow = { now: () => new Date(Date.now() + 25 * 60 * 60 * 1000) };
    const registry = aRegistry(connection, topic);
    const account = await makeAccount(registry);
    await registry.relay.execute();
    expect(topic.versionsOf(account)).toEqual([1]);
    await aRegistry(connection, topic, { clock: tomorrow }).relay.execute();
    expect(topic.versionsOf(account)).toEqual([1, 1]);
  });

  it('stores text that begins with a dollar as the text it is', async () => {
    const registry = aRegistry(connection, recordingPublisher());
    const account = await makeAccount(registry);
    const field = { addresses: [{ email: '$name@acme.example', label: '$$NOW' }] };
    const saved = await registry.save.execute({
      account,
      environment: 'production',
      mode: 'replace',
      body: { technicalEmergency: field },
      matches: () => true,
      asker: askedBy('$version'),
    });
    expect(saved).toMatchObject({ account: { information: { technicalEmergency: field } } });
    expect((await registry.read.history(account, operator, 1))?.items[0]).toMatchObject({
      by: '$version',
      changes: [{ field: 'technicalEmergency', before: null, after: field }],
    });
  });

  it('tells an alert user who left in the same version that takes them out of the alert contacts', async () => {
    const topic = recordingPublisher();
    const registry = aRegistry(connection, topic);
    const account = await makeAccount(registry);
    const { userId } = await registry.users.add(
      account,
      { email: 'ana@acme.example', role: 'admin', language: 'pt-BR' },
      askedBy('spec'),
    );
    await registry.save.execute({
      account,
      environment: 'production',
      mode: 'merge',
      body: { alertContacts: { userIds: [userId] } },
      matches: () => true,
      asker: askedBy('spec'),
    });
    expect(topic.sent.at(-1)?.contacts.alertContacts).toEqual([
      { userId, email: 'ana@acme.example', language: 'pt-BR' },
    ]);
    const removed = await registry.users.remove(account, userId, askedBy('spec'));
    expect(removed).toMatchObject({ inForce: true, account: { version: 4, revision: 2, users: [] } });
    expect(topic.sent.at(-1)).toMatchObject({ version: 4, contacts: { alertContacts: [] } });
  });
});

describe('an account that is behind what routers hold', () => {
  it('is published above it, and so is every change from then on', async () => {
    const topic = await openContactTopic((process.env.KAFKA_BROKERS ?? '').split(','));
    try {
      const registry = aRegistry(connection, topic.publisher);
      const account = await makeAccount(registry);
      const [own] = await registry.read.snapshots([account]);
      if (own === undefined) throw new Error(`${account} has no snapshot`);
      await topic.publisher.publish({ ...own, version: 500, name: 'Somebody else' });
      expect(await saveEmergency(registry, account, page(1))).toMatchObject({ account: { version: 2 } });

      const held = [{ account, heldVersion: 500, differs: false }];
      expect(await registry.raise.execute(held, askedBy('notification-router'))).toEqual([account]);
      expect(await registry.raise.execute(held, askedBy('notification-router'))).toEqual([]);
      await registry.relay.execute();
      expect(await eventuallyClean(connection, account)).toMatchObject({ version: 501, revision: 1 });
      expect(await saveEmergency(registry, account, page(2))).toMatchObject({
        inForce: true,
        account: { version: 502 },
      });

      await eventually(() => topic.versionsOf(account).at(-1) === 502);
      expect(topic.versionsOf(account)).toEqual([1, 500, 2, 501, 502]);
      const history = await registry.read.history(account, operator, 10);
      expect(history?.items.map(({ version }) => version)).toEqual([502, 501, 2, 1]);
      expect(history?.items[1]).toMatchObject({
        by: 'notification-router',
        what: 'account',
        changed: ['version'],
        changes: [{ field: 'version', before: 2, after: 501 }],
      });
    } finally {
      await topic.close();
    }
  });

  it('is raised once, however many ask at the same time', async () => {
    const topic = recordingPublisher();
    const [a, b] = [aRegistry(connection, topic), aRegistry(connection, topic)];
    const account = await makeAccount(a);
    const held = [{ account, heldVersion: 7, differs: false }];
    await Promise.all([a, b, a, b].map(({ raise }) => raise.execute(held, askedBy('spec'))));
    await a.relay.execute();
    expect(await eventuallyClean(connection, account)).toMatchObject({ version: 8 });
    expect(topic.versionsOf(account)).toEqual([1, 8]);
  });

  it('is raised while an older version is being sent, and that sender publishes it', async () => {
    const topic = recordingPublisher();
    const registry = aRegistry(connection, topic);
    const account = await makeAccount(registry);
    topic.hold();
    const saving = saveEmergency(registry, account, page(1));
    await topic.held();
    await registry.raise.execute([{ account, heldVersion: 500, differs: false }], askedBy('spec'));
    topic.letThrough();
    await saving;
    await eventuallyClean(connection, account);
    expect(topic.versionsOf(account)).toEqual([1, 2, 501]);
  });

  it('only if it is: what is held as the registry has it is not even published again', async () => {
    const topic = recordingPublisher();
    const registry = aRegistry(connection, topic);
    const account = await makeAccount(registry);
    await saveEmergency(registry, account, page(1));
    const held = [
      { account, heldVersion: 2, differs: false },
      { account, heldVersion: 1, differs: true },
      { account: 'nobody', heldVersion: 9, differs: true },
    ];
    expect(await registry.raise.execute(held, askedBy('spec'))).toEqual([]);
    expect(await storedAccount(connection, account)).toMatchObject({ version: 2, dirty: false });
  });

  it('also by the same version with something else in it', async () => {
    const topic = recordingPublisher();
    const registry = aRegistry(connection, topic);
    const account = await makeAccount(registry);
    const held = [{ account, heldVersion: 1, differs: true }];
    expect(await registry.raise.execute(held, askedBy('spec'))).toEqual([account]);
    await registry.relay.execute();
    await eventuallyClean(connection, account);
    expect(topic.versionsOf(account)).toEqual([1, 2]);
  });
});

describe('the history', () => {
  it('has every version newest first, in pages, whether moved out or not', async () => {
    const topic = recordingPublisher();
    const registry = aRegistry(connection, topic, { limitMs: 20 });
    const account = await makeAccount(registry);
    await saveEmergency(registry, account, page(1));
    topic.failWith(new Error('no broker'));
    for (const n of [2, 3, 4]) await saveEmergency(registry, account, page(n));
    // One that was moved out and not yet taken from the account stands there twice.
    await registry.store.moveHistory(await storedAccount(connection, account));

    const firstPage = await registry.read.history(account, operator, 2);
    expect(firstPage?.items.map(({ version }) => version)).toEqual([5, 4]);
    const rest = await registry.read.history(account, operator, 10, Number(firstPage?.nextCursor));
    expect(rest?.items.map(({ version, what }) => [version, what])).toEqual([
      [3, 'contact-information'],
      [2, 'contact-information'],
      [1, 'account'],
    ]);
    expect(rest?.nextCursor).toBeNull();
  });

  it('says field by field what was before and what is after, and keeps it when it is moved out', async () => {
    const registry = aRegistry(connection, recordingPublisher());
    const account = await makeAccount(registry);
    const { userId } = await registry.users.add(account, ana, askedBy('spec'));
    await saveEmergency(registry, account, page(1));
    await saveEmergency(registry, account, page(2));
    await eventuallyClean(connection, account);
    const history = await registry.read.history(account, operator, 10);
    expect(history?.items.map(({ changes }) => changes)).toEqual([
      [{ field: 'technicalEmergency', before: one(page(1)), after: one(page(2)) }],
      [{ field: 'technicalEmergency', before: null, after: one(page(1)) }],
      [{ field: 'users', before: null, after: { id: userId, ...ana } }],
      [
        { field: 'name', before: null, after: 'Acme' },
        { field: 'integrationType', before: null, after: 'ordering' },
        { field: 'locale', before: null, after: 'en' },
        { field: 'acknowledgeWithinMinutes', before: null, after: 15 },
      ],
    ]);
  });

  it('of before it went field by field is still read', async () => {
    const registry = aRegistry(connection, recordingPublisher());
    const account = await makeAccount(registry);
    await eventuallyClean(connection, account);
    const entry = { account, by: 'operator (k1)', what: 'account', changed: ['name'] };
    const old = { _id: `${account}:1`, version: 1, at: new Date('2026-01-01T00:00:00Z'), ...entry };
    await historyModel(connection).collection.replaceOne({ _id: old._id as never }, old);
    expect((await registry.read.history(account, operator, 10))?.items).toEqual([
      {
        ...{ version: 1, at: '2026-01-01T00:00:00.000Z', by: 'operator (k1)', actor: null, from: null },
        ...{ what: 'account', changed: ['name'], changes: [] },
      },
    ]);
  });
});
