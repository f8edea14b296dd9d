import { isErasedAddress, isOfPlatform, type DeliveryView, type EventView } from '@signalbox/contracts';

type Round = EventView['rounds'][number];

/** How a step of the timeline is coloured: the eye is to find at once where somebody was told and where not. */
export type Tone = 'plain' | 'good' | 'bad';

/** What happened to one mail, in the words of the texts `timeline.*`. */
export type MailStep =
  'sent' | 'refused' | 'expired' | 'superseded' | 'notTold' | 'putOff' | 'takenOver' | 'bounced';

/** One step of what became of an event. */
export type TimelineEntry = { readonly at: string; readonly tone: Tone } & (
  | { readonly what: 'happened' | 'accepted' }
  | { readonly what: 'acknowledged'; readonly by: string }
  | {
      readonly what: 'round';
      readonly round: Round;
      /** The steps that were passed over before these recipients, where they are those of a fallback. */
      readonly passedOver: EventView['passedOver'];
      /** When time alone was to bring it, if it came much later than that. */
      readonly wasDueAt: string | undefined;
    }
  | {
      readonly what: MailStep;
      readonly delivery: DeliveryView;
      /** How often in a row, for mails that were put off again and again. */
      readonly count: number;
      readonly reason?: string | undefined;
      readonly reply?: string | undefined;
      readonly isAmbiguous: boolean;
      readonly nextTryAt?: string | undefined;
    }
  | { readonly what: 'duplicate' | 'conflict'; readonly reason: string }
);
export type RoundEntry = Extract<TimelineEntry, { what: 'round' }>;
export type MailEntry = Extract<TimelineEntry, { what: MailStep }>;

/** A mail that comes later than this after its event says so; here too the two instants are then told apart. */
const lateAfterMs = 120_000;

const toneOf: Record<MailStep, Tone> = {
  sent: 'good',
  refused: 'bad',
  expired: 'bad',
  superseded: 'plain',
  notTold: 'plain',
  putOff: 'plain',
  takenOver: 'plain',
  bounced: 'bad',
};

/** Everything that became of an event, in the order of time. Waiting and being sent are no steps: they end in one. */
export function timelineOf(event: EventView): TimelineEntry[] {
  const { time, acceptedAt, rounds, deliveries, repeats, acknowledgement } = event;
  const wasLate = Date.parse(acceptedAt) - Date.parse(time) > lateAfterMs;
  const entries: TimelineEntry[] = [
    ...(wasLate ? [{ at: time, tone: 'plain', what: 'happened' } as const] : []),
    { at: acceptedAt, tone: 'plain', what: 'accepted' },
    ...rounds.map((round) => roundEntry(round, event)),
    ...deliveries.flatMap(mailEntries),
    ...(acknowledgement === null
      ? []
      : [{ at: acknowledgement.at, tone: 'good', what: 'acknowledged', by: acknowledgement.by } as const]),
    ...repeats.map(({ what, reason, at }) => ({ at, tone: 'plain', what, reason }) as const),
  ];
  return entries.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function roundEntry(round: Round, { rounds, passedOver }: EventView): TimelineEntry {
  const isFallback = (one: Round): boolean => one.recipients.some(({ why }) => why === 'fallback');
  // What was passed over is known of the event as a whole: it belongs to the last round that went past it.
  const isLast = rounds.findLast(isFallback) === round;
  const { at, dueAt } = round;
  const isLate = dueAt !== null && Date.parse(at) - Date.parse(dueAt) > lateAfterMs;
  return {
    at,
    tone: 'plain',
    what: 'round',
    round,
    passedOver: isLast ? passedOver : [],
    wasDueAt: isLate ? dueAt : undefined,
  };
}

function mailEntries(delivery: DeliveryView): TimelineEntry[] {
  const entries: MailEntry[] = [];
  for (const { at, to, reason, reply, ambiguous = false } of delivery.transitions) {
    const what = stepOf(to, reason);
    if (what === undefined) continue;
    const last = entries.at(-1);
    const isAgain = last?.what === 'putOff' && what === 'putOff' && last.reason === reason;
    const count = isAgain ? last.count + 1 : 1;
    if (isAgain) entries.pop();
    entries.push({ at, tone: toneOf[what], what, delivery, count, reason, reply, isAmbiguous: ambiguous });
  }
  const { nextAttemptAt, bouncedAt } = delivery;
  const last = entries.at(-1);
  if (last?.what === 'putOff' && nextAttemptAt !== null) {
    entries[entries.length - 1] = { ...last, nextTryAt: nextAttemptAt };
  }
  const bounce = { tone: toneOf.bounced, what: 'bounced', delivery, count: 1, isAmbiguous: false } as const;
  return bouncedAt === null ? entries : [...entries, { ...bounce, at: bouncedAt }];
}

/** Waiting for its first try and being handed over are no steps, unless something is to be said of them. */
function stepOf(state: DeliveryView['state'], reason: string | undefined): MailStep | undefined {
  switch (state) {
    case 'pending':
      return reason === undefined ? undefined : 'putOff';
    case 'sending':
      return reason === undefined ? undefined : 'takenOver';
    case 'suppressed':
      return 'notTold';
    case 'sent':
    case 'refused':
    case 'expired':
    case 'superseded':
      return state;
  }
}

/** How an event ended for the account, in the words of the texts `became.*`. */
export function whatBecameOf({ state, deliveries }: EventView): {
  readonly text: 'delivering' | 'delivered' | 'platformTold' | 'undelivered' | 'suppressed';
  readonly count: number;
} {
  const told = deliveries.filter(({ state: one, bouncedAt }) => one === 'sent' && bouncedAt === null);
  const count = told.filter(({ step }) => !isOfPlatform(step)).length;
  if (state !== 'delivered') return { text: state, count };
  return { text: count > 0 ? 'delivered' : 'platformTold', count };
}

/** What stands for a recipient: an address, or what is shown in place of one. */
export function shownAs({
  step,
  address,
}: Pick<DeliveryView, 'step' | 'address'>): 'platformStaff' | 'erased' | 'address' {
  if (isOfPlatform(step)) return 'platformStaff';
  return isErasedAddress(address) ? 'erased' : 'address';
}
