import { platformStaff, type FieldChange, type HistoryEntry, type PortalUser } from '@signalbox/contracts';
import type { PendingEntry } from './account-document.js';

/** For whom the history is shown. */
export interface HistoryReader {
  /** Operators see which of the platform's people and keys did something, from where, and the owner on our side. */
  readonly seesInternals: boolean;
}

/** @param users of the account now: a portal user's name and address stand there alone, and go with them. */
export function historyEntryView(
  entry: PendingEntry,
  users: readonly PortalUser[],
  { seesInternals }: HistoryReader,
): HistoryEntry {
  const { version, at, what, changed, changes = [], actor = null, from = null } = entry;
  const shown = { version, at: at.toISOString(), what };
  if (seesInternals) {
    return { ...shown, by: nameOf(entry, users), actor, from, changed: [...changed], changes: [...changes] };
  }
  // Without an actor it is of the time before partners could sign in.
  const isPlatform = actor?.kind !== 'portal-user';
  return {
    ...shown,
    by: isPlatform ? platformStaff : nameOf(entry, users),
    actor: isPlatform ? { kind: 'staff', id: null } : actor,
    from: isPlatform ? null : from,
    changed: changed.filter(isForPartners),
    changes: changes.filter(({ field }: FieldChange) => isForPartners(field)),
  };
}

/** The owner is a person on our side. */
const isForPartners = (field: string): boolean => field !== 'owner';

function nameOf({ by, actor }: PendingEntry, users: readonly PortalUser[]): string {
  if (actor?.kind !== 'portal-user') return by;
  const user = users.find(({ id }) => id === actor.id);
  return user === undefined ? 'a former user' : (user.name ?? user.email);
}
