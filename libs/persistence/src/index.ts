// @signalbox/persistence: MongoDB by mongoose. The dispatch store, which router and worker share and nobody else opens:
// dispatches and their rounds, deliveries, contact views, intake exceptions, mailings, leases. And the account mails, in a database
// of their own: the registry asks for them by createAccountMailStore, the worker sends them by createAccountMailClaims.
// Every write is acknowledged by a majority and journaled; every change of state is a compare-and-set.
// It may import contracts and runtime, never domain: a rule cannot hide in an adapter.
export * from './connect-mongo.js';
export * from './models.js';
export * from './duplicate-key.js';
export * from './from-now.js';
export * from './insert-once.js';
export * from './dispatch-store.js';
export * from './contact-views.js';
export * from './deliveries-to-advance.js';
export * from './intake-exceptions.js';
export * from './alarm-store.js';
export * from './dead-letter-store.js';
export * from './event-queries.js';
export * from './mailing-store.js';
export * from './books.js';
export * from './lease.js';
export * from './claims.js';
export * from './delivery-claims.js';
export * from './take-overdue.js';
export * from './mask-page.js';
export * from './erase-address.js';
export * from './account-mail-model.js';
export * from './account-mail-store.js';
export * from './account-mail-claims.js';
export * from './account-mail-limits.js';
