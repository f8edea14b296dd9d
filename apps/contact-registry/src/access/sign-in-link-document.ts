import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf, schemaOptions } from '@signalbox/persistence';

/** What is remembered of a link, so that one which no longer signs in can say why. */
export interface SignInLinkNote {
  /** SHA-256 of its token in lower-case hex. */
  _id: string;
  expiresAt: Date;
  usedAt: Date | null;
  forgetAt: Date;
}

const noteSchema = new Schema<SignInLinkNote>(
  {
    _id: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
    forgetAt: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'signInLinks' },
);
noteSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export const signInLinkModel = (connection: Connection): Model<SignInLinkNote> =>
  modelOf(connection, 'SignInLink', noteSchema);
