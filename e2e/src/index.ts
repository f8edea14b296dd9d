// @signalbox/e2e: what Signalbox promises, tested from outside on the real stack: one file a promise (promises/), what they
// share (support/), and checks of the repository against its own tables (fitness/).
export * from './support/signalbox.js';
