import { randomUUID } from 'node:crypto';
import { mailboxOf } from '@signalbox/contracts';
import { isDuplicateKey } from '@signalbox/persistence';
import type { Connection, Model } from 'mongoose';
import type { StaffByMailbox } from './people.js';
import { staffModel, type StaffDocument } from './staff-document.js';

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

  remove(id: string): Promise<StaffDocument | null> {
    return this.staff.findOneAndDelete({ _id: id }).lean<StaffDocument>().exec();
  }

  async hasOperator(): Promise<boolean> {
    return (await this.staff.exists({ role: 'operator' })) !== null;
  }

  /** Whether nobody would be an operator any more without them. */
  async isLastOperator(mailbox: string): Promise<boolean> {
    const operators = await this.staff.find({ role: 'operator' }, { mailbox: 1 }).limit(2).lean();
    return operators.length === 1 && operators[0]?.mailbox === mailbox;
  }

  /** Safe to run again. @returns how many of the staff went. */
  async forget(mailbox: string): Promise<number> {
    return (await this.staff.deleteOne({ mailbox })).deletedCount;
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
