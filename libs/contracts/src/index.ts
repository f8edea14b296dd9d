// @signalbox/contracts: every shape that crosses a process, a topic, a queue or the database, as zod schemas with the
// types inferred from them, and the tables that name topics, queues, routes and problem codes.
// It imports nothing of ours and does no I/O. Parse at every edge with these, and trust inside.
export * from './words.js';
export * from './problem.js';
export * from './contacts/address.js';
export * from './contacts/mask-addresses.js';
export * from './contacts/time-zone.js';
export * from './contacts/address-state.js';
export * from './contacts/support-hours.js';
export * from './contacts/contact-information.js';
export * from './contacts/account.js';
export * from './contacts/contact-updated.js';
export * from './events/event-data.js';
export * from './events/signalbox-event.js';
export * from './routing/reasons.js';
export * from './routing/decision.js';
export * from './routing/dispatch.js';
export * from './delivery/delivery.js';
export * from './delivery/delivery-outcome.js';
export * from './delivery/address-health.js';
export * from './delivery/jobs.js';
export * from './account-mail/account-mail-kinds.js';
export * from './account-mail/account-mail.js';
export * from './topics.js';
export * from './queues.js';
export * from './principal.js';
export * from './http/events.js';
export * from './http/alertmanager.js';
export * from './http/accounts.js';
export * from './http/account-list.js';
export * from './http/history.js';
export * from './http/help.js';
export * from './http/ledger.js';
export * from './http/routes.js';
export * from './http/find-route.js';
export * from './docs/openapi.js';
export * from './docs/asyncapi.js';
