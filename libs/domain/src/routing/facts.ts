import type {
  AccountSnapshot,
  ChainStep,
  DeliveryState,
  EventData,
  EventKind,
  Recipient,
} from '@signalbox/contracts';

/** What of an event a decision may depend on. */
export interface RoutableEvent {
  readonly kind: EventKind;
  readonly account: string;
  readonly data: Pick<EventData, 'environment' | 'resolves'> & { readonly status?: 'firing' | 'resolved' };
}

/** One delivery of this event that exists already. */
export interface DeliverySoFar {
  readonly address: string;
  readonly step: ChainStep;
  readonly state: DeliveryState;
  readonly bounced: boolean;
  readonly reinstated: number;
  /** When the round was decided that names this recipient. */
  readonly toldAt: Date;
}

/** All that a decision may know beside the event and the time. */
export interface Facts {
  /** The account's contacts at one version; null: nobody knows the account. */
  readonly account: AccountSnapshot | null;
  /** The contacts could not be proven to be in force; the decision says so. */
  readonly contactsMayBeStale: boolean;
  /** Who is told when nobody else is. */
  readonly operatorsMailbox: string;
  /** What has been done about this event; empty for a new one. */
  readonly soFar: readonly DeliverySoFar[];
  /** Somebody said "I am on it". */
  readonly acknowledged: boolean;
  /** Who was told of what this event ends, as far as it is known; absent or empty: nobody. */
  readonly ended?: readonly Recipient[];
  /** An operator has cancelled what it is part of. */
  readonly cancelled?: boolean;
  /** An all-clear has ended it. */
  readonly resolved: boolean;
  /** The operators have just been told of an account that nobody knows: the next waits for the mail that gathers. */
  readonly gathersUnroutable: boolean;
}

/** Of an event that has just come. */
export const nothingSoFar = { soFar: [], acknowledged: false, resolved: false } as const;

/** A mail server took it and no bounce has come since. */
export const wasAccepted = ({ state, bounced }: DeliverySoFar): boolean => state === 'sent' && !bounced;
