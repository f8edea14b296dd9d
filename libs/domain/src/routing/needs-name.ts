import type { ChainStep } from '@signalbox/contracts';
import { looksPersonal } from '../contacts/personal-address.js';

/**
 * Whether whoever says "I am on it" has to say who they are: the mail went to an alias, behind which several people are.
 * Portal users and owners of accounts are people.
 */
export const needsName = ({
  step,
  address,
}: {
  readonly step: ChainStep;
  readonly address: string;
}): boolean => step !== 'alertContacts' && step !== 'accountOwner' && !looksPersonal(address);
