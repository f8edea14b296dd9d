import type { Decision, PlainEvent, Preview, Principal } from '@signalbox/contracts';
import { decide, nothingSoFar } from '@signalbox/domain';
import { hasScope, type Clock } from '@signalbox/runtime';
import type { ContactsNow } from './contacts-in-force.js';
import { previewForPartner } from './partner-view.js';

export interface PreviewEventParts {
  readonly contacts: { forAccounts(accounts: readonly string[]): Promise<ContactsNow> };
  readonly operatorsMailbox: string;
  readonly operators: {
    /** Whether an event of this account, which nobody knows, would wait for the mail that gathers. */
    gathersUnroutable(account: string): Promise<boolean>;
  };
  readonly clock: Clock;
}

/** Who would be told now, and why: the same decide() as live routing, with the contacts in force. Stores nothing. */
export class PreviewEvent {
  constructor(private readonly parts: PreviewEventParts) {}

  async execute(event: PlainEvent, principal: Principal): Promise<Preview> {
    const { contacts, operatorsMailbox, operators, clock } = this.parts;
    const { kind, account, environment } = event;
    const inForce = await contacts.forAccounts([account]);
    const known = inForce.of(account);
    const facts = {
      ...nothingSoFar,
      account: known,
      contactsMayBeStale: inForce.mayBeStale(account),
      operatorsMailbox,
      gathersUnroutable: known === null && (await operators.gathersUnroutable(account)),
    };
    const decision = decide({ kind, account, data: { environment } }, facts, clock.now());
    return previewFor(principal, toPreview(event, decision));
  }
}

function toPreview({ kind, account, environment }: PlainEvent, decision: Decision): Preview {
  const { rule, category, lane, contactVersion, suppressed, passedOver, notes, tell } = decision;
  return {
    kind,
    account,
    environment,
    rule,
    category,
    lane,
    contactVersion,
    suppressed: suppressed ?? null,
    passedOver,
    notes,
    masked: false,
    recipients: tell.map(({ address, language, step, why, suppressed: reason }) => ({
      address,
      language,
      step,
      why,
      suppressed: reason ?? null,
    })),
  };
}

/** An operator sees all of it, a partner their own contacts, a sender no address. */
function previewFor(principal: Principal, preview: Preview): Preview {
  if (hasScope(principal, 'operator')) return preview;
  if (principal.kind === 'portal-user') return previewForPartner(preview);
  const recipients = preview.recipients.map((each) => ({ ...each, address: maskAddress(each.address) }));
  return { ...preview, masked: true, recipients };
}

/** `page@acme-tours.example` becomes `p***@***`: enough to tell two recipients apart, nothing to write to. */
const maskAddress = (address: string): string => `${address.slice(0, 1)}***@***`;
