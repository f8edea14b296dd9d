import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf, schemaOptions } from '@signalbox/persistence';
import type { StaffRole } from '@signalbox/contracts';

/** Somebody of the platform who may sign in. */
export interface StaffDocument {
  _id: string;
  email: string;
  /** By `mailboxOf`. */
  mailbox: string;
  name: string;
  role: StaffRole;
  /** How many removals of other operators counted on this one's staying; absent: none. */
  stayed?: number;
}

const staffSchema = new Schema<StaffDocument>(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true },
    mailbox: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    stayed: Number,
  },
  { ...schemaOptions, collection: 'staff' },
);
staffSchema.index({ mailbox: 1 }, { unique: true });

export const staffModel = (connection: Connection): Model<StaffDocument> =>
  modelOf(connection, 'Staff', staffSchema);
