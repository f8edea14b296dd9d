import type { Category, ChainStep } from '@signalbox/contracts';

/**
 * Who is told next when nobody of a category is there, or nobody in it was accepted. Every chain ends with the
 * operators, so that no event ends in silence. `operationalShared` stands in no chain: that address is handed to third
 * parties. Alert contacts exist in production alone and are passed over elsewhere; the page alias of
 * `technicalEmergency` stands only in the chain of emergencies.
 */
export const fallbackChains = {
  alertContacts: ['alertContacts', 'technicalNonEmergency', 'accountOwner', 'operators'],
  technicalEmergency: [
    'technicalEmergency',
    'technicalNonEmergency',
    'alertContacts',
    'accountOwner',
    'operators',
  ],
  technicalNonEmergency: ['technicalNonEmergency', 'alertContacts', 'accountOwner', 'operators'],
  merchantIssues: ['merchantIssues', 'operationalInternal', 'accountOwner', 'operators'],
  operationalInternal: ['operationalInternal', 'accountOwner', 'operators'],
} as const satisfies Record<Category, readonly ChainStep[]>;

/** The chain of an event whose account nobody knows. */
export const unroutableChain = ['operators'] as const satisfies readonly ChainStep[];
