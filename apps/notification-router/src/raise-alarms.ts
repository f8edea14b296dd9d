import type { Alarm, Dispatch, EventAlarm } from '@signalbox/contracts';
import { alarmsOf } from '@signalbox/domain';
import type { Clock, Log } from '@signalbox/runtime';

export interface RaiseAlarmsParts {
  readonly alarms: {
    /** @returns the ids that were there already. */
    insert(batch: readonly Alarm[]): Promise<ReadonlySet<string>>;
  };
  readonly onRaised: (alarm: Alarm) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Raises what the operators are to be alarmed about in dispatches: an entry in their list, a line in the log, and by
 * `MailAlarms` a mail. Each alarm is raised once, however often its dispatch comes by here; a crash on the way is made
 * good by the batch that is read again, or by the note that was left behind.
 */
export class RaiseAlarms {
  constructor(private readonly parts: RaiseAlarmsParts) {}

  async raise(dispatches: readonly Dispatch[]): Promise<void> {
    const at = this.parts.clock.now();
    const raised = dispatches.flatMap((dispatch) =>
      alarmsOf(dispatch).map((alarm) => ({ dispatch, alarm: toAlarm(alarm, dispatch, at) })),
    );
    if (raised.length === 0) return;
    const known = await this.parts.alarms.insert(raised.map(({ alarm }) => alarm));
    for (const { dispatch, alarm } of raised) {
      if (!known.has(alarm._id)) this.tell(alarm, dispatch);
    }
  }

  private tell(alarm: Alarm, { event, state }: Dispatch): void {
    this.parts.onRaised(alarm);
    const line = {
      event: 'operator.alarm',
      alarm: alarm.alarm,
      step: alarm.step,
      dispatch: alarm.dispatch,
      id: event.id,
      source: event.source,
      kind: event.kind,
      account: event.account,
      state,
    };
    this.parts.log.error(line, 'operator.alarm');
  }
}

const toAlarm = ({ alarm, step, toMail }: EventAlarm, { _id: dispatch }: Dispatch, at: Date): Alarm => ({
  _id: [dispatch, alarm, ...(step === null ? [] : [step])].join(':'),
  alarm,
  step,
  toMail,
  dispatch,
  at,
  mail: null,
});
