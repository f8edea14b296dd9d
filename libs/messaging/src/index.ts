// @signalbox/messaging: how Signalbox speaks to Kafka. CloudEvents in and out (Kafka binary and structured, the three HTTP
// modes), one producer a process that tells "refused" from "not known", a Nest transport that hands whole batches to a
// handler and commits only what is stored, dead letters with their bytes, offsets for the in-force check and the ledger,
// and the creation of the topics of contracts' table.
// It decides nothing about events or contacts, and imports contracts and runtime only.
export * from './kafka-client.js';
export * from './kept-admin.js';
export * from './partition-of.js';
export * from './producer.js';
export * from './gathered-producer.js';
export * from './cloud-event-attributes.js';
export * from './event-message.js';
export * from './body-hash.js';
export * from './cloud-event-http.js';
export * from './contact-updated-message.js';
export * from './delivery-outcome-message.js';
export * from './address-health-message.js';
export * from './dead-letters.js';
export * from './dead-letter-record.js';
export * from './set-aside.js';
export * from './received-batch.js';
export * from './kafka-batch-server.js';
export * from './create-batch-servers.js';
export * from './contact-offsets.js';
export * from './event-offsets.js';
export * from './create-topics.js';
