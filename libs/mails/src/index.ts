// @signalbox/mails: what the mail of an event says, in every language, as text and HTML with the same facts. The worker
// sends it and the router shows it before anything is sent, by one and the same function; the account mails, which are
// the worker's alone, share how texts from outside are put into a line and how a language is picked.
// No I/O. It may import contracts, domain and runtime.
export * from './render-email.js';
export * from './templates/pick-language.js';
export * from './templates/plain-words.js';
