import {
  mailboxOf,
  type AccountSnapshot,
  type ChainStep,
  type Environment,
  type PassReason,
} from '@signalbox/contracts';
import { offersField } from '../contacts/index.js';

/** Platform staff read English. */
export const staffLanguage = 'en';

export interface Member {
  readonly address: string;
  readonly language: string;
}

export type Members =
  { readonly there: readonly Member[] } | { readonly there: readonly []; readonly passed: PassReason };

/**
 * Who stands at one step of a chain.
 * @param account null for an account nobody knows: then only the operators are there.
 */
export function membersOf(
  step: ChainStep,
  account: AccountSnapshot | null,
  environment: Environment,
  operatorsMailbox: string,
): Members {
  if (step === 'operators') return { there: [{ address: operatorsMailbox, language: staffLanguage }] };
  if (account === null) return nobody('nobody-there');
  const { contacts } = account;
  switch (step) {
    case 'accountOwner':
      return all(account.owner === null ? [] : [{ address: account.owner, language: staffLanguage }]);
    case 'alertContacts':
      if (environment !== 'production') return nobody('production-only');
      return all(contacts.alertContacts.map(({ email, language }) => ({ address: email, language })));
    case 'merchantIssues':
      if (!offersField(account.integrationType, 'merchantIssues'))
        return nobody('not-offered-for-integration-type');
      return all(inAccountLanguage(contacts.merchantIssues, account));
    case 'technicalEmergency':
    case 'technicalNonEmergency':
    case 'operationalInternal':
      return all(inAccountLanguage(contacts[step], account));
  }
}

const inAccountLanguage = (addresses: readonly { email: string }[], account: AccountSnapshot): Member[] =>
  addresses.map(({ email }) => ({ address: email, language: account.locale }));

/** An address listed twice is one member: nobody gets two deliveries of one event. */
function all(members: readonly Member[]): Members {
  // Reversed twice, so that the first way of writing a mailbox is the one that stays.
  const once = [
    ...new Map([...members].reverse().map((member) => [mailboxOf(member.address), member])).values(),
  ].reverse();
  return once.length > 0 ? { there: once } : nobody('nobody-there');
}

const nobody = (passed: PassReason): Members => ({ there: [], passed });
