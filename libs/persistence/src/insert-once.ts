import mongoose, { type Model } from 'mongoose';
import { isDuplicateKey } from './duplicate-key.js';

/**
 * Inserts documents whose ids say what they are: what was there already stays as it was.
 * Unordered, so that one that exists does not keep out the next; only error 11000 is benign, and inserted + already
 * there must equal the batch, because an unordered write may leave out documents without a word.
 *
 * Mongoose checks each document and the driver writes it as it is: mongoose's own insert makes a copy, which leaves out
 * keys such as `prototype`, and a sender may name a detail so.
 * @returns the ids that were there already. Throws when anything else went wrong: then nothing may be committed.
 */
export async function insertOnce<T extends { _id: string }>(
  model: Model<T>,
  documents: readonly T[],
): Promise<ReadonlySet<string>> {
  if (documents.length === 0) return new Set();
  await Promise.all(documents.map((document) => new model(document).validate()));
  const { inserted, alreadyThere } = await insertUnordered(model, documents);
  if (inserted + alreadyThere.length !== documents.length) {
    throw new Error(
      `${model.collection.collectionName}: ${inserted} inserted and ${alreadyThere.length} there already do not make ${documents.length}`,
    );
  }
  return new Set(alreadyThere);
}

async function insertUnordered<T extends { _id: string }>(
  model: Model<T>,
  documents: readonly T[],
): Promise<{ inserted: number; alreadyThere: string[] }> {
  try {
    const { insertedCount } = await model.collection.insertMany([...documents] as never[], {
      ordered: false,
      ignoreUndefined: true,
    });
    return { inserted: insertedCount, alreadyThere: [] };
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
    const errors = [error.writeErrors].flat();
    const isBenign = errors.length > 0 && errors.every(isDuplicateKey);
    // Duplicates must not hide that the rest was not acknowledged by a majority.
    if (!isBenign || error.result.getWriteConcernError()) throw error;
    const alreadyThere = errors.map(({ index }) => documents[index]?._id ?? '');
    return { inserted: error.insertedCount, alreadyThere };
  }
}
