import { mailboxOf, type DispatchErased, type DispatchErasure, type ErasedStore } from '@signalbox/contracts';
import type { PageMasked } from '@signalbox/persistence';
import type { StaffRemoved } from '../access/staff-store.js';
import type { AccountDocument } from '../accounts/account-document.js';
import type { Change, ChangeAccount } from '../accounts/change-account.js';
import { changesOf } from '../accounts/changes-of.js';
import { accountWithout, forgotten, usersWith } from './address-traces.js';
import type { Erasing, RunErasuresParts, RunningErasures, StepEnd } from './run-erasures.js';

/** How each step of an erasure is done. */
export function stepsOfErasure(parts: StepsOfErasureParts): RunErasuresParts['steps'] {
  const { traces, staff, identities, invitations, accountMails, addresses, dispatches } = parts;
  return {
    'stop-telling': ({ address }) => inDispatchStore(dispatches, { part: 'suppress', address }),

    accounts: (erasing) => changeAccounts(parts, erasing),

    // After the accounts: until then its owner could sign in, and be known again.
    'sign-in': async ({ address }) => {
      const mailbox = mailboxOf(address);
      const removed = await staff.remove({ mailbox });
      // Not when it was asked for: another one was removed meanwhile. It goes on when somebody else is an operator.
      if (removed.kind === 'last-operator') return { kind: 'waits' };
      const signIns = (removed.kind === 'removed' ? 1 : 0) + (await identities.forget(mailbox));
      return wentOn({ signIns, invitations: await invitations.forget(address) });
    },

    history: async ({ erasure, address, mask, after }) => {
      // Entries leave the account when it is published; and nothing is masked before the routers can know.
      if (after === null && (await traces.isBeingPublished(address, mask))) return { kind: 'waits' };
      if (after === null) for (const each of erasure.leftUsers) await traces.forgetOrigins(each);
      return maskTexts(traces, 'historyEntries', { address, mask, after });
    },

    // Names are texts, and whoever has one may be called by an address.
    'api-keys': (erasing) => maskTexts(traces, 'apiKeys', erasing),
    invitations: (erasing) => maskTexts(traces, 'invitations', erasing),
    staff: (erasing) => maskTexts(traces, 'staff', erasing),
    erasures: (erasing) => maskTexts(traces, 'erasures', erasing),

    'account-mails': async ({ address, mask, after }) => {
      const { changed, next } = await accountMails.eraseAddress(address, mask, after);
      return wentOn({ accountMails: changed }, next);
    },

    'address-facts': async ({ address }) => wentOn({ addressFacts: await addresses.execute(address) }),

    dispatches: async ({ address, after }) => {
      // Again, since events were decided while the contacts still had it.
      const suppressed = after === null ? await dispatches.erase({ part: 'suppress', address }) : undefined;
      const { changed, next } = await dispatches.erase({ part: 'mask', address, after });
      return wentOn({ ...suppressed?.changed, ...changed }, next);
    },
  };
}

const wentOn = (
  changed: Extract<StepEnd, { kind: 'went-on' }>['changed'],
  next: string | null = null,
): StepEnd => ({ kind: 'went-on', changed, next });

async function inDispatchStore(dispatches: DispatchEraser, asked: DispatchErasure): Promise<StepEnd> {
  const { changed, next } = await dispatches.erase(asked);
  return wentOn(changed, next);
}

/** One page of a collection's texts. */
async function maskTexts(
  traces: TracesToErase,
  store: TextStore,
  { address, mask, after }: Pick<Erasing, 'address' | 'mask' | 'after'>,
): Promise<StepEnd> {
  const { changed, next } = await traces.mask(store, { address, mask, after: after ?? '' });
  return wentOn({ [store]: changed }, next);
}

/** One page of accounts: a new version of each, as the erasure's asker. */
async function changeAccounts(
  { traces, accounts, erasures }: StepsOfErasureParts,
  { erasure, address, mask, after }: Erasing,
): Promise<StepEnd> {
  // An account whose listing was made by older rules is not found yet; the pass that makes them is at it.
  if (!(await traces.areAllListed())) return { kind: 'waits' };
  const page = await traces.accountsNaming(mailboxOf(address), after ?? '');
  const left = page.flatMap((account) => usersWith(account, address).map((user) => `${account._id}:${user}`));
  // First: after the change nobody could tell any more who they were.
  if (left.length > 0) await erasures.noteLeft(erasure._id, left);
  let changed = 0;
  for (const { _id } of page) {
    let isNamed = false;
    await accounts.execute<never>(_id, (current) => {
      const set = accountWithout(current, address, mask);
      // Found by what only reads like it, or another process was first.
      isNamed = changesOf(current, set).length > 0;
      if (!isNamed) return { kind: 'unchanged' };
      const mayKeep: NonNullable<Change['mayKeep']> = (changes) => forgotten(changes, address, mask);
      return { kind: 'change', change: { set, what: 'erasure', asker: erasure.asker, mayKeep } };
    });
    if (isNamed) changed += 1;
  }
  return wentOn({ accounts: changed }, page.at(-1)?._id ?? null);
}

export interface TracesToErase {
  /** Whether every account can be found by the mailboxes that it names. */
  areAllListed(): Promise<boolean>;
  /** A page in the order of their ids, after that one. */
  accountsNaming(mailbox: string, after: string): Promise<AccountDocument[]>;
  /** Whether an account that is not published yet holds an entry of an erasure, or one that names the address. */
  isBeingPublished(address: string, mask: string): Promise<boolean>;
  /** @param accountAndUser `account:user`: from where they asked for changes is not known any more. */
  forgetOrigins(accountAndUser: string): Promise<void>;
  /** One page of the texts that a collection holds. @param named `after` is where the page before ended. */
  mask(
    store: TextStore,
    named: { readonly address: string; readonly mask: string; readonly after: string },
  ): Promise<PageMasked>;
}

/** The registry's collections that hold texts, beside the accounts: those are changed as such. */
export const textStores = [
  'historyEntries',
  'apiKeys',
  'invitations',
  'staff',
  'erasures',
] as const satisfies readonly ErasedStore[];
export type TextStore = (typeof textStores)[number];

export interface DispatchEraser {
  erase(asked: DispatchErasure): Promise<DispatchErased>;
}

export interface StepsOfErasureParts {
  readonly traces: TracesToErase;
  readonly accounts: Pick<ChangeAccount, 'execute'>;
  readonly erasures: Pick<RunningErasures, 'noteLeft'>;
  readonly staff: { remove(which: { readonly mailbox: string }): Promise<StaffRemoved> };
  readonly identities: { forget(mailbox: string): Promise<number> };
  readonly invitations: { forget(address: string): Promise<number> };
  readonly accountMails: {
    eraseAddress(address: string, mask: string, after: string | null): Promise<PageMasked>;
  };
  /** All that is known of an address as such. */
  readonly addresses: { execute(address: string): Promise<number> };
  readonly dispatches: DispatchEraser;
}
