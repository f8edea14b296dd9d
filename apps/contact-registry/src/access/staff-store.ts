import { randomUUID } from 'node:crypto';
import { mailboxOf } from '@signalbox/contracts';
import { isDuplicateKey } from '@signalbox/persistence';
import type { ClientSession, Connection, Model } from 'mongoose';
import type { StaffByMailbox } from './people.js';
import { staffModel, type StaffDocument } from './staff-document.js';

/** By what somebody of the staff is found. */
export type StaffKey = Pick<StaffDocument, '_id'> | Pick<StaffDocument, 'mailbox'>;
export type StaffRemoved =
  | { readonly kind: 'removed'; readonly staff: StaffDocument }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'last-operator' };

/** All that is done to the collection `staff`. */
export class StaffStore implements StaffByMailbox {
  private readonly staff: Model<StaffDocument>;

  constructor(connection: Connection) {
    this.staff = staffModel(connection);
  }

  async createIndexes(): Promise<void> {
    await this.staff.createIndexes();
  }

  findByMailbox(mailbox: string): Promise<StaffDocument | null> {
    return this.staff.findOne({ mailbox }).lean<StaffDocument>().exec();
  }

  /** By name. */
  list(): Promise<StaffDocument[]> {
    return this.staff.find().sort({ name: 1, _id: 1 }).lean<StaffDocument[]>().exec();
  }

  async insert(staff: StaffDocument): Promise<boolean> {
    try {
      await this.staff.create(staff);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /**
   * Takes somebody off the staff, unless nobody would be an operator any more. An operator who stays is written to in the
   * same transaction: who removes that one at the same moment meets this write, looks again, and may find them the last.
   */
  remove(which: StaffKey): Promise<StaffRemoved> {
    const removeFound = async (session: ClientSession): Promise<StaffRemoved> => {
      const found = await this.staff.findOne(which).session(session).lean<StaffDocument>();
      if (found === null) return { kind: 'nobody' };
      if (found.role === 'operator') {
        const stays = await this.staff.updateOne(otherOperators(found), { $inc: { stayed: 1 } }, { session });
        if (stays.matchedCount === 0) return { kind: 'last-operator' };
      }
      await this.staff.deleteOne({ _id: found._id }, { session });
      return { kind: 'removed', staff: found };
    };
    return this.staff.db.withSession((session) => session.withTransaction(() => removeFound(session)));
  }

  /** Whether `remove` would refuse them as it stands. */
  async isLastOperator(mailbox: string): Promise<boolean> {
    const found = await this.findByMailbox(mailbox);
    return found?.role === 'operator' && (await this.staff.exists(otherOperators(found))) === null;
  }

  /** Makes the operator of this address unless somebody of the staff has it; safe to run by several processes at once. */
  async ensureOperator(email: string): Promise<void> {
    const mailbox = mailboxOf(email);
    await this.staff.updateOne(
      { mailbox },
      { $setOnInsert: { _id: randomUUID(), email, mailbox, name: 'Operator', role: 'operator' } },
      { upsert: true },
    );
  }
}

/** The operators without this one; while there is none, this one stays. */
const otherOperators = ({ _id }: StaffDocument) => ({ role: 'operator' as const, _id: { $ne: _id } });
