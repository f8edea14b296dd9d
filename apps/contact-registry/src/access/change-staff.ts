import { randomUUID } from 'node:crypto';
import { mailboxOf, type NewStaff, type StaffView } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';
import type { Asker } from '../accounts/asker.js';
import type { StaffDocument } from './staff-document.js';
import type { StaffRemoved } from './staff-store.js';

export type StaffAddition =
  { readonly kind: 'done'; readonly staff: StaffView } | { readonly kind: 'staff-exists' };
export type StaffRemoval = 'done' | 'no-such-staff' | 'last-operator';

export const staffView = ({ _id: id, email, name, role }: StaffDocument): StaffView => ({
  id,
  email,
  name,
  role,
});

/** Who of the platform may sign in. */
export class ChangeStaff {
  constructor(private readonly parts: ChangeStaffParts) {}

  async add({ email, name, role }: NewStaff, asker: Asker): Promise<StaffAddition> {
    const staff = { _id: randomUUID(), email, mailbox: mailboxOf(email), name, role };
    if (!(await this.parts.staff.insert(staff))) return { kind: 'staff-exists' };
    this.tell('staff.added', staff, asker);
    return { kind: 'done', staff: staffView(staff) };
  }

  /** Their sessions end with it. */
  async remove(id: string, asker: Asker): Promise<StaffRemoval> {
    const removed = await this.parts.staff.remove({ _id: id });
    if (removed.kind === 'nobody') return 'no-such-staff';
    if (removed.kind === 'last-operator') return removed.kind;
    await this.parts.identities.endSessions(removed.staff.mailbox);
    this.tell('staff.removed', removed.staff, asker);
    return 'done';
  }

  private tell(event: string, { _id, role }: StaffDocument, { actor }: Asker): void {
    this.parts.log.info({ event, staff: _id, role, actor }, event);
  }
}

export interface ChangeStaffParts {
  readonly staff: {
    /** False when somebody has the mailbox. */
    insert(staff: StaffDocument): Promise<boolean>;
    remove(which: Pick<StaffDocument, '_id'>): Promise<StaffRemoved>;
  };
  readonly identities: { endSessions(mailbox: string): Promise<void> };
  readonly log: Log;
}
