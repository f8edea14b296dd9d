// @signalbox/domain: what is decided. Tables a reader can check without reading code, and pure functions over them.
// No clock, no I/O, no framework: time, chance and facts come in as arguments, decisions go out as data.
// It imports @signalbox/contracts, and luxon for the arithmetic of zones; what goes into an id is said here, hashed elsewhere.
export * from './routing/index.js';
export * from './contacts/index.js';
export * from './delivery/index.js';
export * from './hours/index.js';
export * from './docs/index.js';
export * from './access/index.js';
