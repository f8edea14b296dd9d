// Who is told about an event: one row per kind, one chain per category, and decide(), which reads both.
export * from './routing-table.js';
export * from './fallback-chains.js';
export * from './facts.js';
export * from './decide.js';
export * from './alarms-of.js';
export * from './ids.js';
export * from './is-hole.js';
export * from './needs-name.js';
export { staffLanguage } from './members.js';
export { asksForAcknowledgement } from './patience.js';
