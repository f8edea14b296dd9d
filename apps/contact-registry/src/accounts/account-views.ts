import {
  adviceCodes,
  type AccountListItem,
  type AccountView,
  type ContactInformationView,
  type Environment,
} from '@signalbox/contracts';
import type { AccountDocument } from './account-document.js';
import { notLookedAt } from './address-listing.js';
import { informationIn } from './information-in.js';
import { listingOf, listingRules, type AccountListing } from './listing-of.js';

/**
 * An account as it is shown; `inForce` only where something was published.
 * @param withInternals whether the owner's address on our side stands in it, which is for operators alone.
 */
export function accountView(
  account: AccountDocument,
  withInternals: boolean,
  inForce?: boolean,
): AccountView {
  const {
    _id: id,
    name,
    integrationType,
    locale,
    owner,
    acknowledgeWithinMinutes,
    launched,
    version,
  } = account;
  return {
    ...{ id, name, integrationType, locale, acknowledgeWithinMinutes, launched, version },
    ...(withInternals && { owner }),
    ...(inForce !== undefined && { inForce }),
  };
}

/**
 * The same among others, with what is known of its contacts.
 * @param shown the environments of which it is told; a limited key is told of its own alone.
 */
export function accountListItem(
  account: AccountDocument,
  withInternals: boolean,
  shown: readonly Environment[],
): AccountListItem {
  const { ready, missing, advice, addressStates, addressAdvice } = listed(account);
  const perShown = <T>(of: (environment: Environment) => T) =>
    Object.fromEntries(shown.map((environment) => [environment, of(environment)]));
  return {
    ...accountView(account, withInternals),
    ready: perShown((environment) => ready[environment]),
    missing: perShown((environment) => [...missing[environment]]),
    advice: perShown((environment) => {
      const given = new Set<string>([...advice[environment], ...addressAdvice[environment]]);
      return adviceCodes.filter((code) => given.has(code));
    }),
    addressStates: [...addressStates],
  };
}

/** Its listing, also where the pass that makes listings has not come to it yet. */
function listed({ listing, ...account }: AccountDocument): AccountListing {
  const own = listing?.rules === listingRules ? {} : listingOf(account);
  return { ...notLookedAt, ...listing, ...own } as AccountListing;
}

export function contactInformationView(
  account: AccountDocument,
  environment: Environment,
  inForce?: boolean,
): ContactInformationView {
  return {
    ...informationIn(environment, account.information),
    version: account.version,
    ...(inForce !== undefined && { inForce }),
  };
}
