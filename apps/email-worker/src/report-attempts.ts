import { isFinal, type Delivery, type DeliveryProgress } from '@signalbox/contracts';
import type { Log, Metrics } from '@signalbox/runtime';
import type { Attempted } from './deliver-email.js';

/** The log lines and metrics of deliveries. Ids and the server's masked words; never an address, never a body. */
export function reportAttempts(log: Log, metrics: Metrics) {
  const ended = metrics.counter('signalbox_deliveries_total');
  const eventToMail = metrics.histogram('signalbox_event_to_mail_seconds');

  return {
    attempted(attempt: Attempted<Delivery>): void {
      const { delivery, result, settled, endedAt } = attempt;
      const state = settled.recorded ? settled.state : undefined;
      const line = { event: 'delivery.attempted', ...idsOf(delivery), ...attemptFields(attempt) };
      // A fault on our side of the recipient concerns every mail, so somebody should look before it is an emergency.
      if (result.verdict === 'ours' || state === undefined) log.warn(line, line.event);
      else log.info(line, line.event);

      if (state !== undefined && isFinal(state)) ended.inc({ category: delivery.category, outcome: state });
      if (state === 'sent') {
        eventToMail.observe(
          { lane: delivery.lane },
          (endedAt.getTime() - delivery.acceptedAt.getTime()) / 1000,
        );
      }
    },

    /** A claim found that the delivery had ended: nobody ever finished it, or its recipient left in mid-send. */
    endedUnfinished(delivery: Delivery): void {
      const { state: outcome, reason, blanks } = delivery;
      const line = { event: 'delivery.attempted', ...idsOf(delivery), outcome, reason, blanks };
      if (outcome === 'expired') log.error(line, line.event);
      else log.info(line, line.event);
      if (isFinal(outcome)) ended.inc({ category: delivery.category, outcome });
    },

    notRecordedYet(delivery: string, error: unknown): void {
      log.warn({ event: 'delivery.not-recorded-yet', delivery, err: error }, 'delivery.not-recorded-yet');
    },

    nextJobNotAdded(delivery: string, error: unknown): void {
      log.warn({ event: 'delivery.next-job-not-added', delivery, err: error }, 'delivery.next-job-not-added');
    },
  };
}

/** What every attempt's line says, whatever kind of mail it was. */
export function attemptFields({
  result,
  settled,
  startedAt,
  endedAt,
}: Omit<Attempted<DeliveryProgress>, 'delivery'>) {
  const { verdict, stage, end, reply, relay, ambiguous, code } = result;
  const state = settled.recorded ? settled.state : undefined;
  return {
    // What the server answered stands here even when the claim was lost and nothing could be recorded.
    outcome: state === undefined ? 'claim-lost' : state === 'pending' ? 'retry' : state,
    ...('reason' in result && { reason: result.reason }),
    verdict,
    stage,
    end,
    reply,
    code,
    relay,
    ambiguous,
    tookMs: endedAt.getTime() - startedAt.getTime(),
  };
}

function idsOf({ _id, dispatch, account, kind, category, lane, attempt }: Delivery) {
  return { delivery: _id, dispatch, account, kind, category, lane, attempt };
}
