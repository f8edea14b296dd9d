import {
  isErasedAddress,
  isOfPlatform,
  platformStaff,
  type Acknowledged,
  type Acknowledgement,
  type AcknowledgementPage,
  type AcknowledgementView,
  type Delivery,
  type Dispatch,
} from '@signalbox/contracts';
import { needsName } from '@signalbox/domain';
import { idOfSignedToken, ProblemError, type Clock, type Log, type SigningKeys } from '@signalbox/runtime';
import { type Advance, advanceEach } from './advance-each.js';
import { recipientsOf } from './to-dispatch.js';

export interface AcknowledgeEmergencyParts {
  readonly dispatches: {
    findDelivery(id: string): Promise<Delivery | null>;
    findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Dispatch>>;
    /** @returns false when somebody was first. */
    acknowledge(id: string, acknowledgement: Acknowledgement): Promise<boolean>;
  };
  readonly advance: Advance;
  readonly keys: SigningKeys;
  readonly clock: Clock;
  readonly log: Log;
}

/** As long as an invitation: who finds the mail of an old emergency learns nothing, and ends nothing. */
const livesForMs = 7 * 24 * 60 * 60_000;

/**
 * "I am on it", said with the link in the mail of an emergency. The first one is recorded and nobody more is told; whoever
 * comes later learns who was first. Opening the link changes nothing: mail scanners do that too.
 */
export class AcknowledgeEmergency {
  constructor(private readonly parts: AcknowledgeEmergencyParts) {}

  /** @throws ProblemError `acknowledgement-link-unknown` | `acknowledgement-link-expired` */
  async page(token: string): Promise<AcknowledgementPage> {
    const { delivery, dispatch } = await this.read(token);
    const { event, accountName, acknowledgement } = dispatch;
    return {
      title: event.data.title,
      accountName,
      environment: event.data.environment,
      happenedAt: event.time,
      isNameNeeded: needsName(delivery),
      acknowledged: acknowledgement
        ? acknowledgementView(acknowledgement, dispatch, !isOfPlatform(delivery.step))
        : null,
    };
  }

  /** @throws ProblemError as for the page; `invalid-request` when a name is needed and missing. */
  async execute(token: string, name: string | undefined): Promise<Acknowledged> {
    const { dispatches, advance, clock, log } = this.parts;
    const { delivery, dispatch } = await this.read(token);
    if (name === undefined && needsName(delivery) && !dispatch.acknowledgement) throw nameMissing();
    const mine: Acknowledgement = { at: clock.now(), delivery: delivery._id, by: name ?? null };
    const isFirst = await dispatches.acknowledge(dispatch._id, mine);
    // What cannot be advanced now is when its due time comes: what somebody said is recorded.
    if (isFirst) await advanceEach(advance, [dispatch._id], log);
    const now = isFirst
      ? dispatch
      : ((await dispatches.findMany([dispatch._id])).get(dispatch._id) ?? dispatch);
    const first = isFirst ? mine : (now.acknowledgement ?? mine);
    const line = {
      event: 'event.acknowledged',
      dispatch: dispatch._id,
      id: dispatch.event.id,
      source: dispatch.event.source,
      account: dispatch.event.account,
      delivery: delivery._id,
      step: delivery.step,
      isFirst,
      afterMs: mine.at.getTime() - dispatch.acceptedAt.getTime(),
    };
    log.info(line, 'event.acknowledged');
    return { isFirst, acknowledged: acknowledgementView(first, now, !isOfPlatform(delivery.step)) };
  }

  private async read(token: string): Promise<{ readonly delivery: Delivery; readonly dispatch: Dispatch }> {
    const { keys, dispatches, clock } = this.parts;
    const id = idOfSignedToken(keys, 'acknowledge', token);
    const delivery = id === undefined ? null : await dispatches.findDelivery(id);
    const dispatch = delivery
      ? (await dispatches.findMany([delivery.dispatch])).get(delivery.dispatch)
      : undefined;
    if (!delivery || !dispatch || dispatch.event.kind !== 'emergency' || isErasedAddress(delivery.address)) {
      throw new ProblemError(
        'acknowledgement-link-unknown',
        'Copy all of the link from the mail of the emergency.',
      );
    }
    if (clock.now().getTime() - dispatch.acceptedAt.getTime() > livesForMs) {
      throw new ProblemError('acknowledgement-link-expired', 'The emergency is more than a week ago.');
    }
    return { delivery, dispatch };
  }
}

const nameMissing = (): ProblemError =>
  new ProblemError('invalid-request', 'The mail went to an alias: say who is on it.', {
    errors: [
      { pointer: '/name', code: 'required', detail: 'Say who you are; others of the alias are shown it.' },
    ],
  });

/**
 * Who was first: what they called themselves, or else the address whose mail it was. To a partner, those beyond their own
 * contacts are the platform's staff.
 */
export function acknowledgementView(
  { at, by, delivery }: Acknowledgement,
  dispatch: Dispatch,
  isForPartner: boolean,
): AcknowledgementView {
  const recipient = recipientsOf(dispatch).find((each) => each.delivery === delivery);
  const isHidden = recipient === undefined || (isForPartner && isOfPlatform(recipient.step));
  return { at: at.toISOString(), by: isHidden ? platformStaff : (by ?? recipient.address) };
}
