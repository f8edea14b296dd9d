import type { AccountChange, IntegrationTypeChange, NewAccount } from '@signalbox/contracts';
import { asOffered, integrationTypeChange, needsConfirmation } from '@signalbox/domain';
import type { AccountDocument } from './account-document.js';
import type { Asker } from './asker.js';
import type { ChangeAccount, Decided, Outcome } from './change-account.js';
import { changesOf } from './changes-of.js';

/** Makes accounts, and changes what operators say about them: name, type, locale, owner, acknowledge-within. */
export class ChangeAccountFacts {
  constructor(private readonly accounts: Pick<ChangeAccount, 'create' | 'execute'>) {}

  create({ id, owner, ...others }: NewAccount, asker: Asker): Promise<Outcome<'account-exists'>> {
    return this.accounts.create(id, { set: { ...others, owner: owner ?? null }, what: 'account', asker });
  }

  /**
   * A change of the integration type that drops a filled field or closes an open gate wants to be confirmed.
   * @returns refused with what it would do, when it is not.
   */
  change(
    account: string,
    wanted: AccountChange,
    asker: Asker,
    isConfirmed = false,
  ): Promise<Outcome<IntegrationTypeChange>> {
    return this.accounts.execute<IntegrationTypeChange>(account, (current) => {
      const refusal = isConfirmed ? undefined : unconfirmed(current, wanted);
      return refusal === undefined ? decide(current, wanted, asker) : { kind: 'refused', why: refusal };
    });
  }
}

function unconfirmed(
  { information, integrationType: from }: AccountDocument,
  { integrationType: to = from }: AccountChange,
): IntegrationTypeChange | undefined {
  if (to === from) return undefined;
  const change = integrationTypeChange(information, from, to);
  return needsConfirmation(change) ? change : undefined;
}

/**
 * A field that the new type does not offer goes with the change, and the history says so: refused for good, a launched
 * account could never leave a type that requires it. What the new type requires in addition is asked for by readiness
 * and the gate; until then its category's chain answers.
 */
function decide(current: AccountDocument, wanted: AccountChange, asker: Asker): Decided<never> {
  const { integrationType } = wanted;
  const information =
    integrationType === undefined ? current.information : asOffered(current.information, integrationType);
  const set = { ...wanted, information };
  if (changesOf(current, set).length === 0) return { kind: 'unchanged' };
  return { kind: 'change', change: { set, what: 'account', asker } };
}
