// What an account fills in: the contact policy as tables, and what follows from it: which fields a type offers, what is
// missing, what may be stored, in which state an address is, and what would serve better.
export * from './contact-policy.js';
export * from './missing-fields.js';
export * from './integration-type-change.js';
export * from './check-contact-information.js';
export * from './address-state.js';
export * from './advise.js';
export * from './refer.js';
