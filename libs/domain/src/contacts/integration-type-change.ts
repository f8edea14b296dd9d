import {
  contactFields,
  type ContactField,
  type ContactInformation,
  type Environment,
  type IntegrationType,
  type IntegrationTypeChange,
} from '@signalbox/contracts';
import { offersField } from './contact-policy.js';
import { isEmpty, missingFields } from './missing-fields.js';

/**
 * What changing the integration type would do to an account, shown before it is done and asked for again when it is:
 * which filled fields would go, what would be missing then, and whether that would close a gate that is open now.
 */
export function integrationTypeChange(
  information: ContactInformation,
  from: IntegrationType,
  to: IntegrationType,
): IntegrationTypeChange {
  const missingIn = (type: IntegrationType, environment: Environment): ContactField[] =>
    missingFields(information, type, environment).map(({ field }) => field);
  const missing = { sandbox: missingIn(to, 'sandbox'), production: missingIn(to, 'production') };
  const becomesMissingIn = (environment: Environment): ContactField[] => {
    const already = missingIn(from, environment);
    return missing[environment].filter((field) => !already.includes(field));
  };
  const becomesMissing = {
    sandbox: becomesMissingIn('sandbox'),
    production: becomesMissingIn('production'),
  };
  const closes = (environment: Environment): boolean =>
    missingIn(from, environment).length === 0 && becomesMissing[environment].length > 0;
  return {
    from,
    to,
    dropped: contactFields.filter((field) => !isEmpty(information, field) && !offersField(to, field)),
    missing,
    becomesMissing,
    closesGate: { sandbox: closes('sandbox'), production: closes('production') },
  };
}

/** Whether an operator has to say that they know: a field would be lost, or the partner would be asked for another. */
export const needsConfirmation = ({ dropped, becomesMissing }: IntegrationTypeChange): boolean =>
  dropped.length > 0 || becomesMissing.sandbox.length > 0 || becomesMissing.production.length > 0;

/** The information without what the type does not offer: kept, it would be a value that no save could take. */
export const asOffered = (
  information: ContactInformation,
  integrationType: IntegrationType,
): ContactInformation =>
  Object.fromEntries(
    Object.entries(information).filter(([field]) => offersField(integrationType, field as ContactField)),
  );
