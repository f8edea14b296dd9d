// @signalbox/tools: the local stack. It finds or starts the engines, runs the local mailbox, creates the topics, seeds
// the demo accounts and starts the apps; `npm start`, `npm test`, the end-to-end specs and the benchmarks all use it.
// Nothing here is part of a deployment, and no app or lib imports it.
export * from './local-stack-error.js';
export * from './paths.js';
export * from './engines/chromium.js';
export * from './engines/engine.js';
export * from './engines/start-engines.js';
export * from './process/ports.js';
export * from './process/until.js';
export * from './create-topics.js';
export * from './stack.js';
export * from './stack/apps.js';
export * from './stack/demo-accounts.js';
export * from './stack/gateway-client.js';
export * from './stack/stack-file.js';
export * from './stack/stack-process.js';
export * from './stack/table.js';
export * from './mailbox/start-mailbox.js';
export * from './outside-programs.js';
export * from './demo/run-demo.js';
export * from './docs/generated-pages.js';
