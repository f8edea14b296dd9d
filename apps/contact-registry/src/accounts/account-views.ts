import { contactFields } from '@signalbox/contracts';
import type {
  AccountListItem,
  AccountView,
  ContactInformation,
  ContactInformationView,
  Environment,
} from '@signalbox/contracts';
import { existsIn } from '@signalbox/domain';
import type { AccountDocument } from './account-document.js';
import { listingOf } from './listing-of.js';

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

/** The same among others, with what is known of its contacts. */
export function accountListItem(account: AccountDocument, withInternals: boolean): AccountListItem {
  // The pass that makes listings may not have come to it yet.
  const listing = account.listing ?? { ...listingOf(account), addressStates: [] };
  const { ready, missing, addressStates } = listing;
  return {
    ...accountView(account, withInternals),
    ready,
    missing: { sandbox: [...missing.sandbox], production: [...missing.production] },
    addressStates: [...addressStates],
  };
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

/** The fields that exist in the environment, in the form's order. */
export function informationIn(environment: Environment, information: ContactInformation): ContactInformation {
  const fields = contactFields.filter(
    (field) => existsIn(environment, field) && information[field] !== undefined,
  );
  return Object.fromEntries(fields.map((field) => [field, information[field]]));
}
