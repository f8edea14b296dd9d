import { Injectable } from '@nestjs/common';
import { lanes, type Lane } from '@signalbox/contracts';
import type { DeliveryHandler, DeliveryWorkers } from '@signalbox/queue';
import type { DeliverEmail } from './deliver-email.js';

/** A running mail gets so long to end when the process is told to stop; drained within 25 s leaves the rest for closing. */
const usualFinishWithinMs = 20_000;

/** Takes the jobs of all lanes. */
@Injectable()
export class EmailJobsProcessor {
  private workers: DeliveryWorkers | undefined;

  constructor(
    private readonly deliverEmail: DeliverEmail,
    private readonly startWorkers: (handlers: Record<Lane, DeliveryHandler>) => DeliveryWorkers,
    private readonly finishWithinMs = usualFinishWithinMs,
  ) {}

  onApplicationBootstrap(): void {
    const handler: DeliveryHandler = (job) => this.deliverEmail.execute(job);
    this.workers = this.startWorkers(
      Object.fromEntries(lanes.map((lane) => [lane, handler])) as Record<Lane, DeliveryHandler>,
    );
  }

  /** Takes no more jobs and lets those running end; what a mail server does not end in time is abandoned and recorded so. */
  async drain(): Promise<void> {
    const limit = setTimeout(() => this.deliverEmail.abandonConversations(), this.finishWithinMs);
    await this.workers?.close();
    clearTimeout(limit);
  }
}
