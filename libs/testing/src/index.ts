// @signalbox/testing: for specs only. Builders of events and contact snapshots with every field filled in, and waiting for
// what can be observed, with a deadline. No test double of an engine: engines are real (see tools).
export * from './builders.js';
export * from './eventually.js';
