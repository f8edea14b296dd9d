// Reference pages that are made of the tables, so that they cannot say anything else than what is decided.
export * from './contact-information-page.js';
export * from './routing-page.js';
