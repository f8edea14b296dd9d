import type { Connection } from 'mongoose';
import {
  openDeliveryStates,
  withoutAddress,
  type AccountMail,
  type AccountMailKind,
  type AccountMailRecord,
  type AddressField,
} from '@signalbox/contracts';
import { accountMailModel } from './account-mail-model.js';
import { insertOnce } from './insert-once.js';
import { maskPage, type PageMasked } from './mask-page.js';

/** Which account mails are meant; at least the address or the account is named, since those are indexed. */
export type AccountMailsOf = {
  readonly kind: AccountMailKind;
  readonly field?: AddressField;
} & (
  | { readonly addressHash: string; readonly account?: string }
  | { readonly addressHash?: string; readonly account: string }
);

/** What an erasure masks in them. */
export const maskedInAccountMails = ['address', 'account', 'facts'] as const;

/** Nobody but the worker reads a secret, sealed as it is. */
const withoutSecret = { sealedSecret: 0 } as const;

/** The side of those who ask for account mails, and want to know what became of them. */
export function createAccountMailStore(connection: Connection) {
  const mails = accountMailModel(connection);
  const filterOf = ({ kind, addressHash, account, field }: AccountMailsOf) => ({
    kind,
    ...(addressHash !== undefined && { addressHash }),
    ...(account !== undefined && { 'account.id': account }),
    ...(field !== undefined && { 'facts.field': field }),
  });

  return {
    async insert(mail: AccountMail): Promise<void> {
      await insertOnce(mails, [mail]);
    },

    /** Those of these ids that exist, in no order. They go 30 days after their end. */
    find: (ids: readonly string[]): Promise<AccountMailRecord[]> =>
      mails.find({ _id: { $in: [...ids] } }, withoutSecret).lean<AccountMailRecord[]>(),

    /** The newest of these mails. */
    async latest(which: AccountMailsOf): Promise<AccountMailRecord | undefined> {
      const found = await mails
        .findOne(filterOf(which), withoutSecret)
        .sort({ createdAt: -1 })
        .lean<AccountMailRecord>();
      return found ?? undefined;
    },

    /** Those that have ended since then, whatever their kind, the earliest first. */
    endedSince: (since: Date, most: number): Promise<AccountMailRecord[]> =>
      mails
        .find({ settledAt: { $gte: since } }, withoutSecret)
        .sort({ settledAt: 1 })
        .limit(most)
        .lean<AccountMailRecord[]>(),

    /** How many of these mails were asked for since then; for limits. */
    countSince: (which: AccountMailsOf, since: Date): Promise<number> =>
      mails.countDocuments({ ...filterOf(which), createdAt: { $gte: since } }),

    /**
     * Forgets a person, first: what is not sent to them yet never is, and no mail says any more that they asked for it. A
     * mail in mid-send is ended as soon as its worker renews its claim. Safe to run again.
     */
    async suppress(addressHash: string): Promise<void> {
      const transition = {
        at: '$$NOW',
        to: 'suppressed',
        attempt: '$attempt',
        by: 'erasure',
        reason: 'erased',
      };
      await mails.updateMany(
        { addressHash, state: { $in: [...openDeliveryStates] } },
        [
          {
            $set: {
              state: 'suppressed',
              reason: 'erased',
              nextAttemptAt: null,
              claim: null,
              settledAt: '$$NOW',
              sealedSecret: null,
              transitions: { $concatArrays: ['$transitions', [transition]] },
            },
          },
        ],
        { updatePipeline: true },
      );
      await mails.updateMany(
        { $or: [{ addressHash }, { askerHash: addressHash }], 'facts.by': { $exists: true } },
        { $unset: { 'facts.by': 1, askerHash: 1 } },
      );
    },

    /**
     * Then, a page a call: of every mail to them there remains that it was, under the mask, and no mail to anybody names
     * them where it says for which account it is, or who asked for it. Safe to run again.
     * @param after what the page before answered as `next`; null for the first.
     */
    mask: (address: string, mask: string, after: string | null): Promise<PageMasked> =>
      maskPage(mails, maskedInAccountMails, {
        after: after ?? '',
        masked: (value) => withoutAddress(value, address, mask),
      }),
  };
}

export type AccountMailStore = ReturnType<typeof createAccountMailStore>;
