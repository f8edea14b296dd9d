import type { AnyBulkWriteOperation, Model, PipelineStage } from 'mongoose';
import { isFinal, type DeliveryJob, type DeliveryProgress, type StoreReason } from '@signalbox/contracts';
import { fromNow } from './from-now.js';

/** A job that wants its delivery; the token is made for this claim and never used again. */
export interface ClaimRequest extends DeliveryJob {
  readonly token: string;
}

/**
 * What became of a claim. `won`: this process delivers it. `ended`: this claim ended it, because nobody ever finished
 * it or because it was over (`ClaimRules`). `heldUntil`: somebody else is at it. `notDue`: too early. `gone`: final, or another attempt.
 * The instants are of this process's clock, turned from the database's.
 */
export type ClaimAnswer<Mail> =
  | { readonly won: Mail }
  | { readonly ended: Mail }
  | { readonly heldUntil: Date }
  | { readonly notDue: Date }
  | { readonly gone: true };

interface Settlement {
  readonly delivery: string;
  readonly token: string;
  /** The server's reply, addresses masked. */
  readonly reply?: string;
  readonly relay?: string;
}

/** How an attempt ended, in the words of the delivery's states. */
export type SettleRequest = Settlement &
  (
    | { readonly to: 'sent' }
    | { readonly to: 'refused' | 'expired'; readonly reason: string; readonly ambiguous?: boolean }
    | {
        readonly to: 'pending';
        readonly reason: string;
        readonly ambiguous?: boolean;
        /** Milliseconds until the next attempt, counted on the database's clock. */
        readonly retryInMs: number;
      }
  );

/** Whether the outcome was recorded; a claim that was lost meanwhile is no error. `state` is what the delivery became. */
export type SettleAnswer =
  { readonly recorded: true; readonly state: DeliveryProgress['state'] } | { readonly recorded: false };

export interface DeliveryClaimsOptions {
  /** This process, for the delivery's history. */
  readonly by: string;
  /** How long a claim holds without being renewed, in milliseconds. */
  readonly leaseMs?: number;
  /** So many claims in a row may end without an outcome; the next ends the delivery. */
  readonly mostBlanks?: number;
}

/** What one kind of mail adds to the state machine. */
export interface ClaimRules {
  /** Aggregation expressions: a mail of which `when` is true is not tried any more, and is then in this state. */
  readonly over: { readonly when: unknown; readonly state: unknown; readonly reason: unknown };
  /** Put over a mail together with its end, whichever that is. */
  readonly atEnd: Readonly<Record<string, unknown>>;
}

/**
 * Claims and outcomes of one collection of mails, each a compare-and-set on the database's clock.
 *
 * A claim stays on its mail when the attempt is settled; only the state `sending` makes it a live one. The token left
 * behind is how a settlement whose answer was lost can be told from one that never arrived.
 */
export function createClaims<Mail extends DeliveryProgress>(
  model: Model<Mail>,
  rules: ClaimRules,
  { by, leaseMs = 10_000, mostBlanks = 20 }: DeliveryClaimsOptions,
) {
  // What happens here concerns the fields that all mails have in common; mongoose cannot type a filter on part of a type.
  const mails = model as unknown as Model<DeliveryProgress>;
  const bulk = (operations: AnyBulkWriteOperation<DeliveryProgress>[]) =>
    mails.bulkWrite(operations, { ordered: false, throwOnValidationError: true });

  return {
    leaseMs,

    /** Claims what may be claimed, in one bulk write and one read. Answers in the order of the requests. */
    async claimMany(requests: readonly ClaimRequest[]): Promise<ClaimAnswer<Mail>[]> {
      const options = { by, leaseMs, mostBlanks };
      await bulk(requests.map((request) => ({ updateOne: claimOf(request, rules, options) })));
      const found = await mails.aggregate<{ mail: Mail; now: Date }>([
        { $match: { _id: { $in: requests.map(({ delivery }) => delivery) } } },
        { $project: { _id: 0, mail: '$$ROOT', now: '$$NOW' } },
      ]);
      const byId = new Map(found.map((each) => [each.mail._id, each]));
      return requests.map((request) => {
        const read = byId.get(request.delivery);
        return read === undefined ? { gone: true } : answerOf(request, read.mail, read.now);
      });
    },

    /**
     * Prolongs claims by one lease from now, expired ones too as long as nobody has taken them over.
     * @returns the tokens that still hold.
     */
    async renew(tokens: readonly string[]): Promise<ReadonlySet<string>> {
      if (tokens.length === 0) return new Set();
      const live = { state: 'sending', 'claim.token': { $in: [...tokens] } } as const;
      const { matchedCount } = await mails.updateMany(live, [{ $set: { 'claim.until': fromNow(leaseMs) } }], {
        updatePipeline: true,
      });
      if (matchedCount === tokens.length) return new Set(tokens);
      const held = await mails.find(live, { 'claim.token': 1 }).lean<Pick<DeliveryProgress, 'claim'>[]>();
      return new Set(held.flatMap(({ claim }) => claim?.token ?? []));
    },

    /** Which of these claims hold and have not run out. Read it right before a mail is handed over. */
    async stillHeld(tokens: readonly string[]): Promise<ReadonlySet<string>> {
      const held = await mails
        .find(
          {
            state: 'sending',
            'claim.token': { $in: [...tokens] },
            $expr: { $gt: ['$claim.until', '$$NOW'] },
          },
          { 'claim.token': 1 },
        )
        .lean<Pick<DeliveryProgress, 'claim'>[]>();
      return new Set(held.flatMap(({ claim }) => claim?.token ?? []));
    },

    /**
     * Records outcomes, each by one write that the token filters. Safe to call again with the same outcomes when it
     * threw. A mail that is over by now and was not accepted ends as the rules say.
     */
    async settleMany(outcomes: readonly SettleRequest[]): Promise<SettleAnswer[]> {
      const { matchedCount } = await bulk(
        outcomes.map((outcome) => ({ updateOne: settlementOf(outcome, rules, by) })),
      );
      if (matchedCount === outcomes.length && outcomes.every(({ to }) => to === 'sent')) {
        return outcomes.map(() => ({ recorded: true, state: 'sent' }));
      }
      const found = await mails
        .find({ _id: { $in: outcomes.map(({ delivery }) => delivery) } }, { state: 1, claim: 1 })
        .lean<Pick<DeliveryProgress, '_id' | 'state' | 'claim'>[]>();
      const byId = new Map(found.map((mail) => [mail._id, mail]));
      return outcomes.map(({ delivery, token }) => {
        const now = byId.get(delivery);
        return now?.claim?.token === token && now.state !== 'sending'
          ? { recorded: true, state: now.state }
          : { recorded: false };
      });
    },
  };
}

/** Texts go in as literals: one that starts with a dollar sign would otherwise be read as a field. */
const literal = (value: unknown) => ({ $literal: value });

/** The whole document with these fields put over it, as one stage of an update. */
const put = (fields: unknown): PipelineStage.ReplaceWith => ({
  $replaceWith: { $mergeObjects: ['$$ROOT', fields] },
});

/** The history with one more entry; `$$REMOVE` as a value leaves that part of the entry out. */
const withTransition = (entry: Readonly<Record<string, unknown>>) => ({
  $concatArrays: ['$transitions', [{ at: '$$NOW', attempt: '$attempt', ...entry }]],
});

const settled = ({ atEnd }: ClaimRules) => ({ nextAttemptAt: null, settledAt: '$$NOW', ...atEnd });

/**
 * Pending and due, or in the hands of somebody whose claim has run out; the same attempt in both cases. A mail that is
 * over is ended by the claim, not won.
 */
function claimOf(
  { delivery, attempt, token }: ClaimRequest,
  rules: ClaimRules,
  { by, leaseMs, mostBlanks }: Required<DeliveryClaimsOptions>,
) {
  const isTakenOver = { $eq: ['$state', 'sending'] };
  const claim = { token: literal(token), by: literal(by), until: fromNow(leaseMs) };
  // Whoever held it before may have handed the mail over and died before it could say so.
  const entry = { by: literal(by), ambiguous: { $cond: [isTakenOver, true, '$$REMOVE'] } };
  const ended = (state: unknown, reason: unknown) => ({
    ...settled(rules),
    state,
    reason,
    claim: { ...claim, until: '$$NOW' },
    transitions: withTransition({ ...entry, to: state, reason }),
  });
  return {
    filter: {
      _id: delivery,
      attempt,
      $expr: {
        $or: [
          { $and: [{ $eq: ['$state', 'pending'] }, { $lte: ['$nextAttemptAt', '$$NOW'] }] },
          { $and: [isTakenOver, { $lte: ['$claim.until', '$$NOW'] }] },
        ],
      },
    },
    update: [
      {
        $set: {
          blanks: { $cond: [isTakenOver, { $add: ['$blanks', 1] }, '$blanks'] },
          ambiguous: { $cond: [isTakenOver, true, { $ifNull: ['$ambiguous', '$$REMOVE'] }] },
        },
      },
      put({
        $switch: {
          branches: [
            { case: rules.over.when, then: ended(rules.over.state, rules.over.reason) },
            {
              case: { $gte: ['$blanks', mostBlanks] },
              then: ended('expired', 'never-finished' satisfies StoreReason),
            },
          ],
          default: {
            state: 'sending',
            claim,
            transitions: withTransition({
              ...entry,
              to: 'sending',
              reason: { $cond: [isTakenOver, 'claim-ran-out' satisfies StoreReason, '$$REMOVE'] },
            }),
          },
        },
      }),
    ],
  };
}

/** What the mail says about a claim, read after all claims of the batch were tried. */
function answerOf<Mail extends DeliveryProgress>(
  { attempt, token }: ClaimRequest,
  read: Mail,
  databaseNow: Date,
): ClaimAnswer<Mail> {
  const here = (instant: Date): Date => new Date(Date.now() + instant.getTime() - databaseNow.getTime());
  if (read.claim?.token === token) return read.state === 'sending' ? { won: read } : { ended: read };
  if (read.attempt !== attempt || isFinal(read.state)) return { gone: true };
  if (read.state === 'sending' && read.claim !== null) return { heldUntil: here(read.claim.until) };
  return { notDue: here(read.nextAttemptAt ?? databaseNow) };
}

function settlementOf(outcome: SettleRequest, rules: ClaimRules, by: string) {
  const facts = {
    ...(outcome.reply !== undefined && { reply: literal(outcome.reply) }),
    ...(outcome.relay !== undefined && { relay: literal(outcome.relay) }),
    ...(outcome.to !== 'sent' && outcome.ambiguous === true && { ambiguous: true }),
  };
  const entry = { ...facts, by: literal(by) };
  return {
    filter: { _id: outcome.delivery, state: 'sending' as const, 'claim.token': outcome.token },
    update: [put({ ...facts, blanks: 0 }), put(endOf(outcome, rules, entry))],
  };
}

function endOf(outcome: SettleRequest, rules: ClaimRules, entry: Readonly<Record<string, unknown>>) {
  if (outcome.to === 'sent') {
    return {
      ...settled(rules),
      state: 'sent',
      sentAt: '$$NOW',
      transitions: withTransition({ ...entry, to: 'sent' }),
    };
  }
  const reason = literal(outcome.reason);
  const unlessOver =
    outcome.to === 'pending'
      ? {
          state: 'pending',
          attempt: { $add: ['$attempt', 1] },
          nextAttemptAt: fromNow(outcome.retryInMs),
          transitions: withTransition({ ...entry, to: 'pending', reason }),
        }
      : {
          ...settled(rules),
          state: outcome.to,
          reason,
          transitions: withTransition({ ...entry, to: outcome.to, reason }),
        };
  const { when, state, reason: why } = rules.over;
  const over = {
    ...settled(rules),
    state,
    reason: why,
    transitions: withTransition({ ...entry, to: state, reason: why }),
  };
  return { $cond: [when, over, unlessOver] };
}
