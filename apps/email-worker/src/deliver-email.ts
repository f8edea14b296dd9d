import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { DeliveryProgress } from '@signalbox/contracts';
import type { DeliveryReason } from '@signalbox/domain';
import type { ClaimAnswer, ClaimRequest, SettleAnswer, SettleRequest } from '@signalbox/persistence';
import type { JobEnd, NewDeliveryJob, TakenJob } from '@signalbox/queue';
import { gather, type Clock } from '@signalbox/runtime';
import type { ClaimKeeper } from './keep-claims.js';
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
/** What is only read waits for less. */
export const together = { withinMs: 1, most: 200 };

/**
 * One attempt at one delivery, or at one account mail: claim → mail → is the claim still ours → mail server → outcome →
 * next job. Whatever happens in between, the outcome in the delivery is what counts; the queue is only told when to come
 * again.
 */
export class DeliverEmail<Mail extends DeliveryProgress> {
  private readonly claim = gather(
    (requests: readonly ClaimRequest[]) => this.parts.claims.claimMany(requests),
    company,
  );
  private readonly settle = gather(
    (outcomes: readonly SettleRequest[]) => this.parts.claims.settleMany(outcomes),
    company,
  );
  private readonly isHeld = gather(async (tokens: readonly string[]) => {
    const held = await this.parts.claims.stillHeld(tokens);
    return tokens.map((token) => held.has(token));
  }, together);
  private readonly conversations = new Set<AbortController>();

  constructor(private readonly parts: DeliverEmailParts<Mail>) {}

  /** Takes a job of any lane; answers whether it is over or when to run it again. Throws when no claim could be tried. */
  async execute(job: TakenJob): Promise<JobEnd> {
    const token = randomUUID();
    const askedAt = this.parts.keeper.now();
    const answer = await this.claim({ delivery: job.delivery, attempt: job.attempt, token });
    if ('gone' in answer) return { done: true };
    if ('notDue' in answer) return { again: answer.notDue };
    if ('heldUntil' in answer) return { again: new Date(answer.heldUntil.getTime() + afterClaimMs) };
    if ('ended' in answer) {
      this.parts.report.endedUnfinished(answer.ended);
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
    delivery: Mail,
    { token, askedAt }: { readonly token: string; readonly askedAt: number },
  ): Promise<JobEnd> {
    const conversation = new AbortController();
    const { conversationLimitMs = usualConversationLimitMs } = this.parts.timing ?? {};
    const limit = setTimeout(() => conversation.abort(), conversationLimitMs);
    const claim = this.parts.keeper.keep(token, askedAt, () => conversation.abort());
    this.conversations.add(conversation);
    try {
      const mail = await this.parts.mails.compose(delivery, this.parts.clock.now());
      if (!(await this.isHeld(token))) return { again: this.inMs(againAfterLossMs) };
      const startedAt = this.parts.clock.now();
      const result =
        'notComposed' in mail
          ? resultOf(mail)
          : await this.parts.sender.send(mail, conversation.signal, () => claim.isSure());
      if (result.claimLost === true) {
        const settled = { recorded: false } as const;
        this.parts.report.attempted({
          delivery,
          result,
          settled,
          startedAt,
          endedAt: this.parts.clock.now(),
        });
        return { again: this.inMs(againAfterLossMs) };
      }
      const outcome = this.outcomeOf(delivery, token, result);
      const settled = await this.record(outcome);
      this.parts.report.attempted({ delivery, result, settled, startedAt, endedAt: this.parts.clock.now() });
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

  private outcomeOf(delivery: Mail, token: string, result: SendResult): SettleRequest {
    const { reply, relay, ambiguous } = result;
    const facts = { delivery: delivery._id, token, relay, ...(reply !== undefined && { reply }) };
    if (result.verdict === 'sent') return { ...facts, to: 'sent' };
    const { reason } = result;
    if (result.verdict === 'refused') return { ...facts, to: 'refused', reason, ambiguous };

    const now = this.parts.clock.now();
    const next = this.parts.mails.next(delivery, reason, now);
    return 'expired' in next
      ? { ...facts, to: 'expired', reason: next.expired, ambiguous }
      : { ...facts, to: 'pending', reason, ambiguous, retryInMs: next.at.getTime() - now.getTime() };
  }

  /** Does not give up: once a mail server has spoken, only this process knows what it said. */
  private async record(outcome: SettleRequest): Promise<SettleAnswer> {
    const { settleAgainMs = usualSettleAgainMs } = this.parts.timing ?? {};
    for (;;) {
      try {
        return await this.settle(outcome);
      } catch (error) {
        this.parts.report.notRecordedYet(outcome.delivery, error);
        await wait(settleAgainMs);
      }
    }
  }

  /** Without this job a sweeper would add one, some time after it was due. */
  private async addNext({ lane, delivery, attempt, single }: TakenJob, delayMs: number): Promise<void> {
    try {
      await this.parts.jobs.addAll([{ lane, delivery, attempt: attempt + 1, single, delayMs }]);
    } catch (error) {
      this.parts.report.nextJobNotAdded(delivery, error);
    }
  }

  private inMs(ms: number): Date {
    return new Date(this.parts.clock.now().getTime() + ms);
  }
}

export interface DeliverEmailParts<Mail extends DeliveryProgress> {
  readonly claims: Claims<Mail>;
  readonly keeper: ClaimKeeper;
  readonly mails: MailsToSend<Mail>;
  readonly sender: Sender;
  readonly jobs: Jobs;
  readonly report: Report<Mail>;
  readonly clock: Clock;
  readonly timing?: DeliverEmailTiming;
}

/** The settings of time, which specs shorten. */
export interface DeliverEmailTiming {
  readonly conversationLimitMs?: number;
  readonly settleAgainMs?: number;
}

interface Claims<Mail> {
  claimMany(requests: readonly ClaimRequest[]): Promise<readonly ClaimAnswer<Mail>[]>;
  stillHeld(tokens: readonly string[]): Promise<ReadonlySet<string>>;
  settleMany(outcomes: readonly SettleRequest[]): Promise<readonly SettleAnswer[]>;
}

/** What one kind of mail is made of, and how long it is tried. */
export interface MailsToSend<Mail> {
  /** Rejects when something needed for it could not be read now; the job then runs again. */
  compose(mail: Mail, now: Date): Promise<OutgoingMail | NotComposed>;
  next(mail: Mail, reason: DeliveryReason, now: Date): NextTry;
}

/** The mail cannot be made: a defect of ours, which a later version or a mended setting may end. */
export interface NotComposed {
  readonly notComposed: DeliveryReason;
  /** For the log; nothing of the mail's content. */
  readonly detail: string;
}

export type NextTry = { readonly at: Date } | { readonly expired: DeliveryReason };

interface Sender {
  send(mail: OutgoingMail, signal: AbortSignal, isOurs: () => boolean): Promise<SendResult>;
}

interface Jobs {
  addAll(jobs: readonly NewDeliveryJob[]): Promise<void>;
}

/** One attempt, for the log line and the metrics. */
export interface Attempted<Mail> {
  readonly delivery: Mail;
  readonly result: SendResult;
  readonly settled: SettleAnswer;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

interface Report<Mail> {
  attempted(attempt: Attempted<Mail>): void;
  endedUnfinished(delivery: Mail): void;
  notRecordedYet(delivery: string, error: unknown): void;
  nextJobNotAdded(delivery: string, error: unknown): void;
}

const resultOf = ({ notComposed, detail }: NotComposed): SendResult => ({
  verdict: 'ours',
  reason: notComposed,
  ambiguous: false,
  stage: 'compose',
  end: 'other',
  relay: 'none',
  code: detail,
});
