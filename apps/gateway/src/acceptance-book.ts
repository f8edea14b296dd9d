import type { Log, Metrics } from '@signalbox/runtime';
import type { AcceptanceBook } from './accept-events.js';

/** One line and one count for each accepted event. Who is told, and of what, is no business of a log. */
export function acceptanceBook(log: Pick<Log, 'info'>, metrics: Metrics): AcceptanceBook {
  const counter = metrics.counter('signalbox_events_accepted_total');
  return {
    note: ({ id, source, kind, account, acceptedBy: key }) => {
      counter.inc({ kind });
      log.info({ event: 'event.accepted', id, source, kind, account, key }, 'event.accepted');
    },
  };
}
