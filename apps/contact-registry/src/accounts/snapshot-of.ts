import type { AccountSnapshot, ContactAddresses } from '@signalbox/contracts';
import type { AccountDocument } from './account-document.js';

/** What is published of an account: all that a router needs, alert users resolved to address and language. */
export function snapshotOf(account: AccountDocument): AccountSnapshot {
  const { information, users } = account;
  const { operationalShared, operationalSupport } = information;
  const alertUsers = new Set(information.alertContacts?.userIds);
  return {
    account: account._id,
    version: account.version,
    name: account.name,
    integrationType: account.integrationType,
    locale: account.locale,
    owner: account.owner,
    launched: account.launched,
    acknowledgeWithinMinutes: account.acknowledgeWithinMinutes,
    contacts: {
      alertContacts: users
        .filter(({ id }) => alertUsers.has(id))
        .map(({ id, email, language }) => ({ userId: id, email, language })),
      technicalEmergency: addressed(information.technicalEmergency),
      technicalNonEmergency: addressed(information.technicalNonEmergency),
      merchantIssues: addressed(information.merchantIssues),
      operationalInternal: addressed(information.operationalInternal),
      operationalShared: operationalShared ? labelled(operationalShared) : null,
      operationalSupport: operationalSupport ?? null,
    },
  };
}

const addressed = (field: ContactAddresses | undefined) => (field?.addresses ?? []).map(labelled);

const labelled = ({ email, label }: { email: string; label?: string | undefined }) =>
  label === undefined ? { email } : { email, label };
