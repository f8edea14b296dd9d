// Who may give access to an account, and what must not be taken from it.
export * from './invitation-rules.js';
export * from './last-admin.js';
