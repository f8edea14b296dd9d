import { Injectable } from '@nestjs/common';
import { lanes, type AccountMail, type Delivery, type Lane, type MailLane } from '@signalbox/contracts';
import type { DeliveryHandler, DeliveryWorkers } from '@signalbox/queue';
import type { DeliverEmail } from './deliver-email.js';

/** A running mail gets so long to end when the process is told to stop; drained within 25 s leaves the rest for closing. */
const usualFinishWithinMs = 20_000;

/** Takes the jobs of every queue: deliveries by lane, and account mails. */
@Injectable()
export class EmailJobsProcessor {
  private workers: DeliveryWorkers | undefined;

  constructor(
    private readonly deliverEmail: DeliverEmail<Delivery>,
    private readonly deliverAccountMail: DeliverEmail<AccountMail>,
    private readonly startWorkers: (handlers: Record<MailLane, DeliveryHandler>) => DeliveryWorkers,
    private readonly finishWithinMs = usualFinishWithinMs,
  ) {}

  onApplicationBootstrap(): void {
    const deliver: DeliveryHandler = (job) => this.deliverEmail.execute(job);
    const ofEvents = Object.fromEntries(lanes.map((lane) => [lane, deliver])) as Record<
      Lane,
      DeliveryHandler
    >;
    this.workers = this.startWorkers({
      ...ofEvents,
      account: (job) => this.deliverAccountMail.execute(job),
    });
  }

  /** Takes no more jobs and lets those running end; what a mail server does not end in time is abandoned and recorded so. */
  async drain(): Promise<void> {
    const limit = setTimeout(() => {
      this.deliverEmail.abandonConversations();
      this.deliverAccountMail.abandonConversations();
    }, this.finishWithinMs);
    await this.workers?.close();
    clearTimeout(limit);
  }
}
