import { randomUUID } from 'node:crypto';
import { mailboxOf } from '@signalbox/contracts';
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
