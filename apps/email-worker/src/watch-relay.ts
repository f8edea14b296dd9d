import { runPeriodically, type Log, type Periodic } from '@signalbox/runtime';

/** Says whether a mail server takes our connections. `MailSender` does. */
export interface Relay {
  verify(): Promise<void>;
}

const usualEveryMs = 30_000;

/** Tells once when the mail server goes away and once when it is back. */
export function watchRelay(relay: Relay, log: Log, everyMs = usualEveryMs): Periodic {
  let isAway = false;
  const look = async (): Promise<void> => {
    try {
      await relay.verify();
      if (isAway) log.info({ event: 'relay.back' }, 'relay.back');
      isAway = false;
    } catch (error) {
      if (!isAway) log.warn({ event: 'relay.away', err: error }, 'relay.away');
      isAway = true;
    }
  };
  return runPeriodically('watch relay', everyMs, look, log);
}
