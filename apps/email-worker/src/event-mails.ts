import type { Delivery } from '@signalbox/contracts';
import { nextAttempt, type DeliveryReason } from '@signalbox/domain';
import type { RenderedEmail } from '@signalbox/mails';
import type { DispatchForMail } from '@signalbox/persistence';
import { gather } from '@signalbox/runtime';
import { together, type MailsToSend, type NextTry, type NotComposed } from './deliver-email.js';
import type { OutgoingMail } from './send-mail.js';

/** What stands in the mails of events, and when one is tried again. */
export class EventMails implements MailsToSend<Delivery> {
  private readonly dispatchOf = gather(async (ids: readonly string[]) => {
    const found = await this.dispatches.dispatchesForMail(ids);
    return ids.map((id) => found.get(id) ?? new Error(`delivery of an unknown dispatch ${id}`));
  }, together);

  constructor(
    private readonly dispatches: Dispatches,
    private readonly render: (delivery: Delivery, dispatch: DispatchForMail, now: Date) => RenderedEmail,
    private readonly schedule: typeof nextAttempt = nextAttempt,
  ) {}

  async compose(delivery: Delivery, now: Date): Promise<OutgoingMail | NotComposed> {
    const dispatch = await this.dispatchOf(delivery.dispatch);
    try {
      return {
        ...this.render(delivery, dispatch, now),
        lane: delivery.lane,
        delivery: delivery._id,
        address: delivery.address,
        eventId: dispatch.event.id,
        category: delivery.category,
      };
    } catch (error) {
      return { notComposed: 'not-composed', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  next({ lane, attempt, acceptedAt }: Delivery, _reason: DeliveryReason, now: Date): NextTry {
    const next = this.schedule(lane, attempt, acceptedAt, now, Math.random());
    return 'expired' in next ? { expired: 'horizon-passed' } : next;
  }
}

interface Dispatches {
  dispatchesForMail(ids: readonly string[]): Promise<ReadonlyMap<string, DispatchForMail>>;
}
