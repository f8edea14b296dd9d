import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { AccountSnapshot } from '@signalbox/contracts';
import {
  contactUpdatedMessage,
  createKafka,
  createProducer,
  createTopics,
  readContactUpdatedMessage,
} from '@signalbox/messaging';
import { topicNames, topics } from '@signalbox/contracts';
import {
  connectMongo,
  createAccountMailIndexes,
  createAccountMailLimits,
  createAccountMailStore,
} from '@signalbox/persistence';
import { createEncryption, createKeyedHash, createLog, systemClock, type Clock } from '@signalbox/runtime';
import { eventually } from '@signalbox/testing';
import { AccountMails } from './account-mail/account-mails.js';
import { accountModel, registryDatabase, type AccountDocument } from './accounts/account-document.js';
import { AccountStore } from './accounts/account-store.js';
import type { Asker } from './accounts/asker.js';
import { ChangeAccount } from './accounts/change-account.js';
import { ChangeAccountFacts } from './accounts/change-account-facts.js';
import { ChangeUsers } from './accounts/change-users.js';
import { LaunchAccount } from './accounts/launch-account.js';
import { PublishAccount, type PublishOptions, type SnapshotPublisher } from './accounts/publish-account.js';
import { RaiseAccounts } from './accounts/raise-accounts.js';
import { ReadAccounts } from './accounts/read-accounts.js';
import { RelayDirtyAccounts } from './accounts/relay-dirty-accounts.js';
import { SaveContactInformation } from './accounts/save-contact-information.js';

// What the integration specs of the registry share. The name ends in .spec.ts so that it is no part of the build.

export const silent = createLog('spec', { level: 'silent' });

/** A database of this spec's own. */
export async function openRegistryDatabase(): Promise<Connection> {
  const database = `${registryDatabase}_${randomUUID().slice(0, 8)}`;
  const connection = await connectMongo({ url: process.env.MONGO_URL ?? '', database });
  await new AccountStore(connection).createIndexes();
  await createAccountMailIndexes(connection);
  return connection;
}

/** What opens the secrets of the account mails that a spec had asked for. */
export const encryption = createEncryption({ current: 'an encryption key of 32 characters or more' });

export const hash = createKeyedHash('an id key of 32 characters or more');

/** Account mails in the spec's own database, with a queue that nobody takes from. */
export const accountMailsIn = (connection: Connection): AccountMails =>
  new AccountMails({
    store: createAccountMailStore(connection),
    limits: createAccountMailLimits(connection),
    jobs: { addAll: () => Promise.resolve() },
    encryption,
    hash,
    clock: systemClock,
    log: silent,
  });

/** The router where it has nothing to erase. */
export const noDispatches = { erase: () => Promise.resolve({ changed: {}, next: null }) };

/** What a registry as it runs is made of in a spec, over one connection and without Kafka and Redis. */
export const registryParts = (connection: Connection) => ({
  connection,
  accountMails: accountMailsIn(connection),
  publicUrl: 'http://127.0.0.1:8080',
  operatorEmail: 'operator@signalbox.example',
  hash,
  encryption,
  dispatches: noDispatches,
  erasurePauseMs: 0,
  log: silent,
});

/** One registry process: its own turns, sharing the database with all others on the connection. */
export function aRegistry(
  connection: Connection,
  publisher: SnapshotPublisher,
  { clock = systemClock, ...options }: PublishOptions & { readonly clock?: Clock } = {},
) {
  const store = new AccountStore(connection);
  const publishing = new PublishAccount(store, publisher, silent, options);
  const changes = new ChangeAccount(store, publishing, silent);
  return {
    store,
    publishing,
    changes,
    facts: new ChangeAccountFacts(changes),
    users: new ChangeUsers(changes),
    save: new SaveContactInformation(changes),
    launch: new LaunchAccount(changes),
    raise: new RaiseAccounts(store, silent),
    read: new ReadAccounts(store, { forAdvice: () => Promise.resolve([]) }),
    relay: new RelayDirtyAccounts(store, publishing, clock, silent),
  };
}
export type RegistryUnderTest = ReturnType<typeof aRegistry>;

/** Somebody who asks for a change. */
export const askedBy = (by: string): Asker => ({ by, actor: { kind: 'tool', id: by }, from: null });

/** Makes an account of its own for one test. */
export async function makeAccount({ facts }: RegistryUnderTest): Promise<string> {
  const id = `acme-${randomUUID().slice(0, 8)}`;
  const made = await facts.create(
    { id, name: 'Acme', integrationType: 'ordering', locale: 'en', acknowledgeWithinMinutes: 15 },
    askedBy('spec'),
  );
  if (made.kind !== 'done') throw new Error(`${id} was not made: ${made.kind}`);
  return id;
}

/** Saves a new emergency address, whatever the revision. */
export function saveEmergency({ save }: RegistryUnderTest, account: string, email: string) {
  return save.execute({
    account,
    environment: 'production',
    mode: 'merge',
    body: { technicalEmergency: { addresses: [{ email }] } },
    matches: () => true,
    asker: askedBy('spec'),
  });
}

export async function storedAccount(connection: Connection, account: string): Promise<AccountDocument> {
  const found = await accountModel(connection).findById(account).lean<AccountDocument>();
  if (found === null) throw new Error(`no account ${account}`);
  return found;
}

/** Resolves when the newest version is published and nothing is left to be moved out. */
export function eventuallyClean(connection: Connection, account: string, withinMs = 10_000) {
  return eventually(
    async () => {
      const stored = await storedAccount(connection, account);
      const { dirty, published, version, pendingHistory } = stored;
      return !dirty && published === version && pendingHistory.length === 0 && stored;
    },
    { withinMs, everyMs: 20, what: `${account} being published` },
  );
}

export interface RecordingPublisher extends SnapshotPublisher {
  readonly sent: AccountSnapshot[];
  readonly versionsOf: (account: string) => number[];
  /** From now on a send waits until it is let through. */
  hold(): void;
  letThrough(): void;
  failWith(error: Error | undefined): void;
  /** Resolves when so many sends wait. */
  held(count?: number): Promise<unknown>;
}

/** Stands for the topic where a spec decides when a send ends and how. */
export function recordingPublisher(): RecordingPublisher {
  const sent: AccountSnapshot[] = [];
  let waiting: (() => void)[] = [];
  let holding = false;
  let failure: Error | undefined;
  return {
    sent,
    versionsOf: (account) => sent.filter((each) => each.account === account).map(({ version }) => version),
    hold: () => void (holding = true),
    letThrough: () => {
      holding = false;
      waiting.forEach((go) => go());
      waiting = [];
    },
    failWith: (error) => void (failure = error),
    held: (count = 1) => eventually(() => waiting.length >= count, { everyMs: 5, what: 'a send' }),
    async publish(snapshot) {
      if (holding) await new Promise<void>((resolve) => waiting.push(resolve));
      if (failure !== undefined) throw failure;
      sent.push(snapshot);
    },
  };
}

/** Real Kafka, published to as the registry does it, and read back from the topic's beginning. */
export async function openContactTopic(brokers: readonly string[]) {
  const kafka = createKafka({ brokers, clientId: `spec-${randomUUID().slice(0, 8)}`, log: silent });
  const producer = createProducer(kafka, { log: silent });
  const publisher: SnapshotPublisher = {
    publish: (snapshot) => {
      const { topic, message } = contactUpdatedMessage(snapshot, new Date());
      return producer.send(topic, [message], 60_000);
    },
  };
  const topic = topicNames.contactUpdates;
  await createTopics(kafka, { [topic]: topics[topic] });
  const consumer = kafka.consumer({ groupId: `spec-${randomUUID()}` });
  const seen: AccountSnapshot[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message: { key, value, headers = {} } }) => {
      const read = readContactUpdatedMessage({ key: key?.toString() ?? null, value, headers });
      if (read.ok) seen.push(read.snapshot);
      return Promise.resolve();
    },
  });
  return {
    publisher,
    versionsOf: (account: string) =>
      seen.filter((each) => each.account === account).map(({ version }) => version),
    close: async () => {
      await consumer.disconnect();
      await producer.close();
    },
  };
}
