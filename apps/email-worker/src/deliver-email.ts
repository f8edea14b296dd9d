import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from '@signalbox/contracts';
import { nextAttempt } from '@signalbox/domain';
import type {
  ClaimAnswer,
  ClaimRequest,
  DispatchForMail,
  SettleAnswer,
  SettleRequest,
} from '@signalbox/persistence';
import type { JobEnd, NewDeliveryJob, TakenJob } from '@signalbox/queue';
import { gather, type Clock } from '@signalbox/runtime';
import type { ClaimKeeper } from './keep-claims.js';
import type { RenderedEmail } from './render-email.js';
import type { OutgoingMail, SendResult } from './send-mail.js';

/** A job that lost its claim asks again after this time: whoever has it may be done by then. */
const againAfterLossMs = 1_000;
/** A claim that runs out is over a little later on everybody's clock. */
const afterClaimMs = 50;
/** While the database is away an outcome is kept here, and its job's slot with it. */
const usualSettleAgainMs = 500;
/** A conversation that goes on for longer than this is ended: a server that trickles bytes must not hold a slot. */
const usualConversationLimitMs = 70_000;
/** Claims and outcomes wait so long for company: one write for many costs a fraction of one each (design.md section 6). */
const company = { withinMs: 4, most: 200 };
const checkTogether = { withinMs: 1, most: 200 };

/**
 * One attempt at one delivery: claim → mail → is the claim still ours → mail server → outcome → next job.
 * Whatever happens in between, the outcome in the delivery is what counts; the queue is only told when to come again.
 */
export class DeliverEmail {
  private readonly claim = gather(
    (requests: readonly ClaimRequest[]) => this.claims.claimMany(requests),
    company,
  );
  private readonly settle = gather(
    (outcomes: readonly SettleRequest[]) => this.claims.settleMany(outcomes),
    company,
  );
  private readonly isHeld = gather(async (tokens: readonly string[]) => {
    const held = await this.claims.stillHeld(tokens);
    return tokens.map((token) => held.has(token));
  }, checkTogether);
  private readonly dispatchOf = gather(async (ids: readonly string[]) => {
    const found = await this.claims.dispatchesForMail(ids);
    return ids.map((id) => found.get(id) ?? new Error(`delivery of an unknown dispatch ${id}`));
  }, checkTogether);
  private readonly conversations = new Set<AbortController>();

  constructor(
    private readonly claims: Claims,
    private readonly keeper: ClaimKeeper,
    private readonly mails: Mails,
    private readonly jobs: Jobs,
    private readonly report: Report,
    private readonly clock: Clock,
    private readonly timing: DeliverEmailTiming = {},
  ) {}

  /** Takes a job of any lane; answers whether it is over or when to run it again. Throws when no claim could be tried. */
  async execute(job: TakenJob): Promise<JobEnd> {
    const token = randomUUID();
    const askedAt = this.keeper.now();
    const answer = await this.claim({ delivery: job.delivery, attempt: job.attempt, token });
    if ('gone' in answer) return { done: true };
    if ('notDue' in answer) return { again: answer.notDue };
    if ('heldUntil' in answer) return { again: new Date(answer.heldUntil.getTime() + afterClaimMs) };
    if ('ended' in answer) {
      this.report.endedUnfinished(answer.ended);
      return { done: true };
    }
    return this.deliver(job, answer.won, { token, askedAt });
  }

  /** Ends the conversations that still run; their attempts are recorded as having had no answer. */
  abandonConversations(): void {
    for (const conversation of this.conversations) conversation.abort();
  }

  private async deliver(
    job: TakenJob,
    delivery: Delivery,
    { token, askedAt }: { readonly token: string; readonly askedAt: number },
  ): Promise<JobEnd> {
    const conversation = new AbortController();
    const { conversationLimitMs = usualConversationLimitMs } = this.timing;
    const limit = setTimeout(() => conversation.abort(), conversationLimitMs);
    const claim = this.keeper.keep(token, askedAt, () => conversation.abort());
    this.conversations.add(conversation);
    try {
      const mail = await this.compose(delivery);
      if (!(await this.isHeld(token))) return { again: this.inMs(againAfterLossMs) };
      const startedAt = this.clock.now();
      const result =
        mail instanceof Error
          ? notComposed(mail)
          : await this.mails.send(mail, conversation.signal, () => claim.isSure());
      if (result.claimLost === true) {
        const settled = { recorded: false } as const;
        this.report.attempted({ delivery, result, settled, startedAt, endedAt: this.clock.now() });
        return { again: this.inMs(againAfterLossMs) };
      }
      const outcome = this.outcomeOf(delivery, token, result);
      const settled = await this.record(outcome);
      this.report.attempted({ delivery, result, settled, startedAt, endedAt: this.clock.now() });
      if (settled.recorded && settled.state === 'pending' && outcome.to === 'pending') {
        await this.addNext(job, outcome.retryInMs);
      }
      return { done: true };
    } finally {
      clearTimeout(limit);
      claim.letGo();
      this.conversations.delete(conversation);
    }
  }

  /** The mail, or why it cannot be made: a defect of ours, which a later version may mend. */
  private async compose(delivery: Delivery): Promise<OutgoingMail | Error> {
    const dispatch = await this.dispatchOf(delivery.dispatch);
    try {
      return {
        ...this.mails.render(delivery, dispatch, this.clock.now()),
        lane: delivery.lane,
        delivery: delivery._id,
        address: delivery.address,
        eventId: dispatch.event.id,
        category: delivery.category,
      };
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  private outcomeOf(delivery: Delivery, token: string, result: SendResult): SettleRequest {
    const { reply, relay, ambiguous } = result;
    const facts = { delivery: delivery._id, token, relay, ...(reply !== undefined && { reply }) };
    if (result.verdict === 'sent') return { ...facts, to: 'sent' };
    const { reason } = result;
    if (result.verdict === 'refused') return { ...facts, to: 'refused', reason, ambiguous };

    const { schedule = nextAttempt, chance = Math.random } = this.timing;
    const now = this.clock.now();
    const next = schedule(delivery.lane, delivery.attempt, delivery.acceptedAt, now, chance());
    return 'expired' in next
      ? { ...facts, to: 'expired', reason: 'horizon-passed', ambiguous }
      : { ...facts, to: 'pending', reason, ambiguous, retryInMs: next.at.getTime() - now.getTime() };
  }

  /** Does not give up: once a mail server has spoken, only this process knows what it said. */
  private async record(outcome: SettleRequest): Promise<SettleAnswer> {
    const { settleAgainMs = usualSettleAgainMs } = this.timing;
    for (;;) {
      try {
        return await this.settle(outcome);
      } catch (error) {
        this.report.notRecordedYet(outcome.delivery, error);
        await wait(settleAgainMs);
      }
    }
  }

  /** Without this job the router's sweeper would add one, a minute after it was due. */
  private async addNext({ lane, delivery, attempt, single }: TakenJob, delayMs: number): Promise<void> {
    try {
      await this.jobs.addAll([{ lane, delivery, attempt: attempt + 1, single, delayMs }]);
    } catch (error) {
      this.report.nextJobNotAdded(delivery, error);
    }
  }

  private inMs(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}

/** The settings of time, which specs shorten. */
export interface DeliverEmailTiming {
  readonly schedule?: typeof nextAttempt;
  /** A number in [0, 1). */
  readonly chance?: () => number;
  readonly conversationLimitMs?: number;
  readonly settleAgainMs?: number;
}

interface Claims {
  claimMany(requests: readonly ClaimRequest[]): Promise<readonly ClaimAnswer<Delivery>[]>;
  stillHeld(tokens: readonly string[]): Promise<ReadonlySet<string>>;
  settleMany(outcomes: readonly SettleRequest[]): Promise<readonly SettleAnswer[]>;
  dispatchesForMail(ids: readonly string[]): Promise<ReadonlyMap<string, DispatchForMail>>;
}

interface Mails {
  render(delivery: Delivery, dispatch: DispatchForMail, now: Date): RenderedEmail;
  send(mail: OutgoingMail, signal: AbortSignal, isOurs: () => boolean): Promise<SendResult>;
}

interface Jobs {
  addAll(jobs: readonly NewDeliveryJob[]): Promise<void>;
}

/** One attempt, for the log line and the metrics. */
export interface Attempted {
  readonly delivery: Delivery;
  readonly result: SendResult;
  readonly settled: SettleAnswer;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

interface Report {
  attempted(attempt: Attempted): void;
  endedUnfinished(delivery: Delivery): void;
  notRecordedYet(delivery: string, error: unknown): void;
  nextJobNotAdded(delivery: string, error: unknown): void;
}

const notComposed = (error: Error): SendResult => ({
  verdict: 'ours',
  reason: 'not-composed',
  ambiguous: false,
  stage: 'compose',
  end: 'other',
  relay: 'none',
  code: error.message,
});
