import type { AccountPreview, Audience, Decision, EventData, EventKind } from '@signalbox/contracts';
import { decide, isHole, nothingSoFar } from '@signalbox/domain';
import type { Clock } from '@signalbox/runtime';
import type { ContactsNow } from './contacts-in-force.js';

export interface AccountPreviewsParts {
  readonly views: {
    idsAfter(
      after: string,
      fitting: Pick<Audience, 'integrationTypes' | 'launched'>,
      most: number,
    ): Promise<string[]>;
  };
  readonly contacts: { forAccounts(accounts: readonly string[]): Promise<ContactsNow> };
  readonly operatorsMailbox: string;
  readonly clock: Clock;
}

/** One account with its name, since a mail says it. */
export interface NamedPreview {
  readonly preview: AccountPreview;
  readonly accountName: string;
}

/** So many accounts are decided, stored and published together. */
export const mostInPart = 200;

/** Who would be told of each account of an audience, in the order of their ids, a part at a time. */
export class AccountPreviews {
  constructor(private readonly parts: AccountPreviewsParts) {}

  async *of(
    event: { readonly kind: EventKind; readonly data: EventData },
    audience: Audience,
  ): AsyncGenerator<readonly NamedPreview[]> {
    const { contacts, operatorsMailbox, clock } = this.parts;
    for await (const accounts of this.accountsOf(audience)) {
      const inForce = await contacts.forAccounts(accounts);
      yield accounts.map((account) => {
        const facts = {
          ...nothingSoFar,
          account: inForce.of(account),
          contactsMayBeStale: inForce.mayBeStale(account),
          operatorsMailbox,
          // Of a mailing the accounts are chosen by a person: none strays in.
          gathersUnroutable: false,
        };
        const decision = decide({ ...event, account }, facts, clock.now());
        return { preview: toPreview(account, decision), accountName: facts.account?.name ?? account };
      });
    }
  }

  private async *accountsOf({ accounts, ...fitting }: Audience): AsyncGenerator<readonly string[]> {
    if (accounts !== undefined) {
      const sorted = [...new Set(accounts)].sort();
      for (let at = 0; at < sorted.length; at += mostInPart) yield sorted.slice(at, at + mostInPart);
      return;
    }
    for (let after: string | undefined = ''; after !== undefined;) {
      const found: readonly string[] = await this.parts.views.idsAfter(after, fitting, mostInPart);
      if (found.length > 0) yield found;
      after = found.at(-1);
    }
  }
}

function toPreview(account: string, decision: Decision): AccountPreview {
  const { contactVersion, tell, passedOver } = decision;
  const recipients = tell
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ address, language, step, why }) => ({ address, language, step, why }));
  return { account, contactVersion, recipients, passedOver, isHole: isHole(decision) };
}
