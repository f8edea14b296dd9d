import type { Dispatch, EventAlarm } from '@signalbox/contracts';

/**
 * What the operators are to be alarmed about in an event, as it stands now: each of its notes, and each step past the
 * first that was told. What was among the alarms stays among them, so raising all of them again raises the new ones.
 */
export function alarmsOf({
  notes,
  rounds,
  suppressed,
}: Pick<Dispatch, 'notes' | 'rounds' | 'suppressed'>): EventAlarm[] {
  const steps = new Set(
    rounds.flatMap(({ recipients }) =>
      recipients.flatMap(({ why, step }) => (why === 'fallback' ? [step] : [])),
    ),
  );
  return notes.flatMap((note): EventAlarm[] => {
    switch (note) {
      case 'fell-back':
        // Those of the next step may have had their mail already, as members of the one before.
        return steps.size === 0
          ? [{ alarm: note, step: null, toMail: true }]
          : [...steps].map((step) => ({ alarm: note, step, toMail: true }));
      case 'unknown-account':
        return [{ alarm: note, step: null, toMail: suppressed === 'gathered' }];
      case 'contacts-may-be-stale':
      case 'chain-exhausted':
        return [{ alarm: note, step: null, toMail: true }];
    }
  });
}
