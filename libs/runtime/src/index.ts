// @signalbox/runtime: what every process does alike: settings, log lines, problem answers, principal tokens, health,
// metrics, start and drain, keyed hashes, and the gathering of single calls into batches.
// It knows no account, event or engine; what is decided stands in domain, how engines are spoken to in the adapters.
// It imports contracts and nothing else of ours.
export * from './authorize.js';
export * from './config-fragments.js';
export * from './clock.js';
export * from './config.js';
export * from './current-principal.js';
export * from './drain.js';
export * from './encryption.js';
export * from './gather.js';
export * from './health.js';
export * from './http-bodies.js';
export * from './input-errors.js';
export * from './key-limits.js';
export * from './keyed-hash.js';
export * from './link-signature.js';
export * from './log.js';
export * from './metrics.js';
export * from './nest-log.js';
export * from './periodic.js';
export * from './principal-guard.js';
export * from './principal-token.js';
export * from './problem.js';
export * from './problem-filter.js';
export * from './run-app.js';
export * from './run-main.js';
export * from './session-cookie.js';
