import type { ErasedStore, ErasureState } from '@signalbox/contracts';
import { modelOf, schemaOptions } from '@signalbox/persistence';
import { Schema, type Connection, type Model } from 'mongoose';
import type { Asker } from '../accounts/asker.js';
import type { ErasurePlace } from './erasure-steps.js';

/** One erasure, from its being asked for to its record. */
export interface ErasureDocument {
  _id: string;
  /** The keyed hash of `erasedAddressParts`; the mask begins with it too. */
  addressHash: string;
  /**
   * The address, sealed for this document: stores are searched for it and no hash would find it in a text. Null as soon
   * as the erasure is done, and sealed so that no backup of meanwhile shows whom somebody wanted to be forgotten.
   */
  sealedAddress: string | null;
  state: ErasureState;
  asker: Asker;
  askedAt: Date;
  doneAt: Date | null;
  accounts: number;
  /** `account:user` of portal users who had the address: from where they asked for changes is forgotten too. */
  leftUsers: string[];
  /** Where it goes on. */
  place: ErasurePlace;
  notBefore: Date;
  changed: Partial<Record<ErasedStore, number>>;
}

const { Mixed } = Schema.Types;

const erasureSchema = new Schema<ErasureDocument>(
  {
    _id: { type: String, required: true },
    addressHash: { type: String, required: true },
    sealedAddress: { type: String, default: null },
    state: { type: String, required: true },
    asker: { type: Mixed, required: true },
    askedAt: { type: Date, required: true },
    doneAt: { type: Date, default: null },
    accounts: { type: Number, required: true },
    leftUsers: { type: [String], required: true },
    place: { type: Mixed, required: true },
    notBefore: { type: Date, required: true },
    changed: { type: Mixed, required: true },
  },
  { ...schemaOptions, collection: 'erasures' },
);
erasureSchema.index(
  { addressHash: 1 },
  { unique: true, name: 'one at a time', partialFilterExpression: { state: 'running' } },
);
erasureSchema.index({ askedAt: -1, _id: -1 });

export const erasureModel = (connection: Connection): Model<ErasureDocument> =>
  modelOf(connection, 'Erasure', erasureSchema);
