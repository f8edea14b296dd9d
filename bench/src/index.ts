// @signalbox/bench: what the product does under load, measured on a stack of its own and through the gateway. Nothing here
// passes or fails: it prints figures, and what machine they are of.
export * from './parts.js';
