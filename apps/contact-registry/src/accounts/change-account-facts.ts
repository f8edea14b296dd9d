import { contactFields, type AccountChange, type ContactField, type NewAccount } from '@signalbox/contracts';
import { offersField } from '@signalbox/domain';
import type { AccountDocument } from './account-document.js';
import type { Asker } from './asker.js';
import type { Change, ChangeAccount, Decided, Outcome } from './change-account.js';

const facts = ['name', 'integrationType', 'locale', 'owner', 'acknowledgeWithinMinutes'] as const;

/** Makes accounts, and changes what operators say about them: name, type, locale, owner, acknowledge-within. */
export class ChangeAccountFacts {
  constructor(private readonly accounts: Pick<ChangeAccount, 'create' | 'execute'>) {}

  create({ id, owner, ...others }: NewAccount, asker: Asker): Promise<Outcome<'account-exists'>> {
    return this.accounts.create(id, { set: { ...others, owner: owner ?? null }, what: 'account', asker });
  }

  change(account: string, wanted: AccountChange, asker: Asker): Promise<Outcome<never>> {
    return this.accounts.execute<never>(account, (current) => decide(current, wanted, asker));
  }
}

function decide(current: AccountDocument, wanted: AccountChange, asker: Asker): Decided<never> {
  const changed = facts.filter((fact) => wanted[fact] !== undefined && wanted[fact] !== current[fact]);
  if (changed.length === 0) return { kind: 'unchanged' };
  const set: Change['set'] = Object.fromEntries(changed.map((fact) => [fact, wanted[fact]]));
  const dropped = notOfferedAnyMore(current, wanted);
  if (dropped.length === 0) return { kind: 'change', change: { set, what: 'account', asker } };
  const kept = Object.entries(current.information).filter(
    ([field]) => !dropped.includes(field as ContactField),
  );
  return {
    kind: 'change',
    change: { set: { ...set, information: Object.fromEntries(kept) }, what: 'account', asker },
  };
}

/**
 * A field that the new type does not offer goes with the change, and the history says so: kept, it would be a value that
 * no save could take; refused, a launched account could never leave a type that requires it. What the new type requires
 * in addition is asked for by readiness and the gate; until then its category's chain answers.
 */
function notOfferedAnyMore(
  { information }: AccountDocument,
  { integrationType }: AccountChange,
): ContactField[] {
  if (integrationType === undefined) return [];
  return contactFields.filter(
    (field) => information[field] !== undefined && !offersField(integrationType, field),
  );
}
