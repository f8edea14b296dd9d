import { hostname } from 'node:os';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import {
  contactUpdatedMessage,
  createBatchServers,
  createDeadLetters,
  createGatheredProducer,
  createKafka,
  createProducer,
  kafkaOptionsOf,
  SetAside,
  type DeadLetters,
  type KafkaBatchServer,
} from '@signalbox/messaging';
import { connectMongo, pingMongo, takeLease } from '@signalbox/persistence';
import {
  createEncryption,
  createKeyedHash,
  createMetrics,
  healthModule,
  metricsModule,
  PrincipalGuard,
  runPeriodically,
  sessionCookie,
  systemClock,
  type Drain,
  type Encryption,
  type KeyedHash,
  type Log,
  type Metrics,
  type SigningKeys,
} from '@signalbox/runtime';
import type { Connection } from 'mongoose';
import { AcceptInvitation } from './access/accept-invitation.js';
import { AskForSignIn } from './access/ask-for-sign-in.js';
import { ChangeInvitations } from './access/change-invitations.js';
import { ChangeStaff } from './access/change-staff.js';
import { ConfirmSignIn } from './access/confirm-sign-in.js';
import { EndSessions } from './access/end-sessions.js';
import { InvitationStore } from './access/invitation-store.js';
import { openSignIn } from './access/open-sign-in.js';
import { People } from './access/people.js';
import { RemoveUser } from './access/remove-user.js';
import { StaffStore } from './access/staff-store.js';
import { VerifySession } from './access/verify-session.js';
import { AccountMails } from './account-mail/account-mails.js';
import { startAccountMails } from './account-mail/start-account-mails.js';
import { registryDatabase } from './accounts/account-document.js';
import { AccountStore } from './accounts/account-store.js';
import { ChangeAccount } from './accounts/change-account.js';
import { ChangeAccountFacts } from './accounts/change-account-facts.js';
import { ChangeUsers } from './accounts/change-users.js';
import { FillListings } from './accounts/fill-listings.js';
import { LaunchAccount } from './accounts/launch-account.js';
import { observeInForce } from './accounts/observe-in-force.js';
import { PublishAccount, type SnapshotPublisher } from './accounts/publish-account.js';
import { RaiseAccounts } from './accounts/raise-accounts.js';
import { ReadAccounts } from './accounts/read-accounts.js';
import { ReferUsers } from './accounts/refer-users.js';
import { RelayDirtyAccounts } from './accounts/relay-dirty-accounts.js';
import { SaveContactInformation } from './accounts/save-contact-information.js';
import { AddressFactsStore } from './addresses/address-facts-store.js';
import { AskForConfirmation } from './addresses/ask-for-confirmation.js';
import { ConfirmAddress } from './addresses/confirm-address.js';
import { ConfirmationStore } from './addresses/confirmation-store.js';
import { ForgetAddress } from './addresses/forget-address.js';
import { NoteAccountMails } from './addresses/note-account-mails.js';
import { ReadAddresses } from './addresses/read-addresses.js';
import { RefreshAddressStates } from './addresses/refresh-address-states.js';
import { SendTestMails } from './addresses/send-test-mails.js';
import { AddressHealthConsumer } from './addresses/address-health.consumer.js';
import { ObserveAddresses } from './addresses/observe-addresses.js';
import { AddressesController } from './http/addresses.controller.js';
import { ImportAccount } from './import/import-account.js';
import { ImportAccounts } from './import/import-accounts.js';
import { AccountsController } from './http/accounts.controller.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { ContactInformationController } from './http/contact-information.controller.js';
import { ImportController } from './http/import.controller.js';
import { AskForErasure } from './erasure/ask-for-erasure.js';
import { ReadErasures } from './erasure/read-erasures.js';
import { createRouterClient } from './erasure/router-client.js';
import { startErasures } from './erasure/start-erasures.js';
import type { DispatchEraser } from './erasure/steps-of-erasure.js';
import { ErasuresController } from './http/erasures.controller.js';
import { IntegrationTypesController } from './http/integration-types.controller.js';
import { InternalController } from './http/internal.controller.js';
import { ReferralController } from './http/referral.controller.js';
import { sessionCookieToken } from './http/session-cookie-token.js';
import { AcceptInvitationController } from './http/accept-invitation.controller.js';
import { InvitationsController } from './http/invitations.controller.js';
import { StaffController } from './http/staff.controller.js';
import { SessionController } from './http/session.controller.js';
import { SignInController } from './http/sign-in.controller.js';
import { StoreAwayInterceptor } from './http/store-away.interceptor.js';
import { UsersController } from './http/users.controller.js';
import { ApiKeyStore } from './keys/api-key-store.js';
import { ChangeKeys } from './keys/change-keys.js';
import { ReadKeys } from './keys/read-keys.js';
import { VerifyKey } from './keys/verify-key.js';
import type { RegistryConfig } from './registry-config.js';

/** Longer than kafkajs tries on its own, so that a rejection means that the send is over: our turn may end with it. */
const sendLimitMs = 60_000;
/** What a stop waits for the sends that run. */
const settleLimitMs = 5_000;
const relayEveryMs = 1_000;
const gaugesEveryMs = 5_000;
const refreshStatesEveryMs = 1_000;
const noteMailsEveryMs = 2_000;
const noteMailsLeaseMs = 15_000;
const fillListingsEveryMs = 5_000;
/** Of an erasure, between its first time and its second: far longer than a router takes to decide a batch. */
const erasurePauseMs = 60_000;

/**
 * Connects the engines, builds the registry, and hands out its consumers, which start when everything else is up. Kafka
 * may be away, and no check of readiness asks for it: saving works without, and what is saved follows.
 */
export async function startContactRegistry(
  config: RegistryConfig,
  log: Log,
  drain: Drain,
): Promise<{ readonly module: DynamicModule; readonly servers: readonly KafkaBatchServer[] }> {
  const connection = await connectMongo({
    url: config.MONGO_URL,
    database: registryDatabase,
    onAway: (err) => log.warn({ event: 'mongo.away', err }, 'mongo.away'),
  });
  const kafka = createKafka(kafkaOptionsOf(config, 'contact-registry', log));
  const producer = createProducer(kafka, { log });
  // One by one, an import would wait for Kafka longer than for everything else.
  const gathered = createGatheredProducer(producer, { timeoutMs: sendLimitMs });
  const publisher: SnapshotPublisher = {
    publish: (snapshot) => {
      const { topic, message } = contactUpdatedMessage(snapshot, systemClock.now());
      return gathered.publish(topic, message);
    },
  };
  const metrics = createMetrics();
  const consumers = createBatchServers(kafka, 'contact-registry', log);
  drain.onDrain('consumers', () => Promise.all(consumers.map(({ server }) => server.close())));
  const gauges = runPeriodically(
    'gauges',
    gaugesEveryMs,
    () => {
      for (const { consumer, server } of consumers)
        metrics.gauge('signalbox_consumer_lag').set({ consumer }, server.totalLag());
      return Promise.resolve();
    },
    log,
  );
  drain.onDrain('gauges', () => gauges.stop());
  const accountMails = await startAccountMails(connection, config, log, drain);
  const module = await contactRegistryModule({
    connection,
    accountMails,
    publisher,
    deadLetters: createDeadLetters(producer),
    signingKeys: config.SIGNING_KEYS,
    publicUrl: config.PUBLIC_URL,
    operatorEmail: config.OPERATOR_EMAIL,
    hash: createKeyedHash(config.ID_KEY),
    encryption: createEncryption(config.ENCRYPTION_KEYS),
    dispatches: createRouterClient(config.NOTIFICATION_ROUTER_URL, config.SIGNING_KEYS),
    log,
    drain,
    metrics,
  });
  drain.onDrain('kafka', () => producer.close());
  drain.onDrain('mongo', () => connection.close());
  return { module, servers: consumers.map(({ server }) => server) };
}

export interface RegistryParts {
  readonly connection: Connection;
  readonly accountMails: AccountMails;
  readonly publisher: SnapshotPublisher;
  readonly deadLetters: DeadLetters;
  readonly signingKeys: SigningKeys;
  readonly publicUrl: string;
  /** Who can sign in before anybody has been given access. */
  readonly operatorEmail: string;
  readonly hash: KeyedHash;
  readonly encryption: Encryption;
  /** The router's share of an erasure. */
  readonly dispatches: DispatchEraser;
  readonly erasurePauseMs?: number;
  readonly log: Log;
  readonly drain: Drain;
  readonly metrics?: Metrics;
}

class ContactRegistryModule {}

/** The one file that knows every part of the registry. */
export async function contactRegistryModule(parts: RegistryParts): Promise<DynamicModule> {
  const { connection, accountMails, publisher, deadLetters, signingKeys, log, drain } = parts;
  const { metrics = createMetrics() } = parts;
  const store = new AccountStore(connection);
  const keys = new ApiKeyStore(connection);
  const addressFacts = new AddressFactsStore(connection);
  const confirmations = new ConfirmationStore(connection);
  const staff = new StaffStore(connection);
  const invitations = new InvitationStore(connection);
  await Promise.all(
    [store, keys, addressFacts, confirmations, staff, invitations].map((collections) =>
      collections.createIndexes(),
    ),
  );
  await staff.ensureOperator(parts.operatorEmail);

  const clock = systemClock;
  const { hash } = parts;
  const states = new RefreshAddressStates({ accounts: store, facts: addressFacts, hash, clock });
  const addresses = new ReadAddresses({ facts: addressFacts, mails: accountMails, hash, clock });
  const observe = new ObserveAddresses(addressFacts, states, clock);
  const noteMails = new NoteAccountMails({ mails: accountMails, observe, facts: addressFacts, hash });
  const by = `contact-registry@${hostname()}:${process.pid}`;
  const addressPasses = [
    runPeriodically('refresh-address-states', refreshStatesEveryMs, () => states.execute(), log),
    runPeriodically(
      'note-account-mails',
      noteMailsEveryMs,
      async () => {
        if (await takeLease(connection, 'note-account-mails', by, noteMailsLeaseMs))
          await noteMails.execute();
      },
      log,
    ),
  ];
  drain.onDrain('address-passes', () => Promise.all(addressPasses.map((pass) => pass.stop())));

  const publishing = new PublishAccount(store, publisher, log, {
    onInForce: observeInForce(metrics, systemClock),
  });
  const relay = new RelayDirtyAccounts(store, publishing, systemClock, log);
  const passes = runPeriodically('relay-dirty-accounts', relayEveryMs, () => relay.execute(), log);
  // What is being published gets its end; what cannot be stays dirty, and another registry finds it.
  drain.onDrain('relay', () => {
    relay.stop();
    return passes.stop();
  });
  const listings = new FillListings(store, log);
  const filling = runPeriodically('fill-listings', fillListingsEveryMs, () => listings.execute(), log);
  drain.onDrain('listings', () => filling.stop());
  drain.onDrain('publishing', () => publishing.settled(settleLimitMs));

  const setAside = new SetAside({
    deadLetters,
    onSetAside: (reason) => metrics.counter('signalbox_dead_letters_total').inc({ reason }),
    clock: systemClock,
    log,
  });
  const { links, sessions, identities } = await openSignIn(parts);
  const people = new People(store, staff);
  const askForSignIn = new AskForSignIn({ people, links, mails: accountMails, hash: parts.hash, log });
  drain.onDrain('sign-in mails', () => askForSignIn.settled());

  const accounts = new ChangeAccount(store, publishing, log);
  const users = new ChangeUsers(accounts);
  const confirm = new ConfirmSignIn({ links, sessions, people, clock: systemClock, log });
  const ofAccess = { invitations, clock: systemClock, log };
  const erasures = await startErasures({
    pauseMs: parts.erasurePauseMs ?? erasurePauseMs,
    ...parts,
    accounts,
    staff,
    identities,
    invitations,
    addresses: new ForgetAddress({ confirmations, facts: addressFacts, states, hash }),
  });
  return {
    module: ContactRegistryModule,
    imports: [
      healthModule({ checks: { mongo: () => pingMongo(connection) }, isDraining: drain.isDraining }),
      metricsModule(metrics),
    ],
    controllers: [
      ImportController,
      AccountsController,
      AddressesController,
      ContactInformationController,
      UsersController,
      ReferralController,
      IntegrationTypesController,
      ApiKeysController,
      ErasuresController,
      InternalController,
      AddressHealthConsumer,
      SignInController,
      SessionController,
      StaffController,
      InvitationsController,
      AcceptInvitationController,
    ],
    providers: [
      { provide: APP_GUARD, useFactory: () => new PrincipalGuard(signingKeys) },
      { provide: APP_INTERCEPTOR, useFactory: () => new StoreAwayInterceptor() },
      { provide: AccountMails, useFactory: () => accountMails },
      { provide: ReferUsers, useFactory: () => new ReferUsers(store, systemClock) },
      { provide: ReadAccounts, useFactory: () => new ReadAccounts(store, addresses) },
      { provide: SaveContactInformation, useFactory: () => new SaveContactInformation(accounts) },
      { provide: ChangeAccountFacts, useFactory: () => new ChangeAccountFacts(accounts) },
      { provide: ChangeUsers, useFactory: () => users },
      { provide: LaunchAccount, useFactory: () => new LaunchAccount(accounts) },
      {
        provide: ImportAccounts,
        useFactory: () => new ImportAccounts(new ImportAccount(store, accounts), log, drain.isDraining),
      },
      { provide: RaiseAccounts, useFactory: () => new RaiseAccounts(store, log) },
      { provide: ObserveAddresses, useFactory: () => observe },
      { provide: ReadAddresses, useFactory: () => addresses },
      {
        provide: AskForConfirmation,
        useFactory: () =>
          new AskForConfirmation({
            ...{ accounts: store, mails: accountMails, confirmations, hash, clock, log },
          }),
      },
      {
        provide: ConfirmAddress,
        useFactory: () =>
          new ConfirmAddress({
            confirmations,
            facts: addressFacts,
            states,
            accounts: store,
            hash,
            clock,
            log,
          }),
      },
      {
        provide: SendTestMails,
        useFactory: () =>
          new SendTestMails({ accounts: store, mails: accountMails, facts: addressFacts, hash, clock, log }),
      },
      { provide: SetAside, useFactory: () => setAside },
      { provide: ChangeKeys, useFactory: () => new ChangeKeys(keys, systemClock, log) },
      { provide: ReadKeys, useFactory: () => new ReadKeys(keys) },
      { provide: sessionCookieToken, useValue: sessionCookie(parts.publicUrl) },
      { provide: AskForSignIn, useFactory: () => askForSignIn },
      { provide: ConfirmSignIn, useFactory: () => confirm },
      { provide: StaffStore, useFactory: () => staff },
      { provide: ChangeStaff, useFactory: () => new ChangeStaff({ staff, identities, log }) },
      { provide: InvitationStore, useFactory: () => invitations },
      {
        provide: ChangeInvitations,
        useFactory: () => new ChangeInvitations({ ...ofAccess, accounts: store, mails: accountMails }),
      },
      {
        provide: AcceptInvitation,
        useFactory: () => new AcceptInvitation({ ...ofAccess, users, links, confirm }),
      },
      {
        provide: RemoveUser,
        useFactory: () => new RemoveUser({ accounts: store, invitations, users, clock }),
      },
      { provide: VerifySession, useFactory: () => new VerifySession(sessions, people) },
      { provide: EndSessions, useFactory: () => new EndSessions({ sessions, identities, log }) },
      { provide: AskForErasure, useFactory: () => erasures.ask },
      { provide: ReadErasures, useFactory: () => erasures.read },
      { provide: VerifyKey, useFactory: () => new VerifyKey(keys, systemClock, log) },
    ],
  };
}
