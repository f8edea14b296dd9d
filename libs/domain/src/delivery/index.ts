// What happens to one mail: when it is tried again, what a mail server's answer means, when it is old news.
// Tables and pure functions; the worker (apps/email-worker) does the sending and the storing.
export * from './classify-smtp.js';
export * from './mail-facts.js';
export * from './mask-reply.js';
export * from './observe-address.js';
export * from './retry-schedule.js';
