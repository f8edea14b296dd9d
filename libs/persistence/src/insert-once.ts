import type { Model } from 'mongoose';

const duplicateKey = 11_000;

interface BulkWriteFailure {
  readonly writeErrors?: readonly {
    readonly code?: number;
    readonly err?: { readonly op?: { readonly _id?: string } };
  }[];
  readonly insertedCount?: number;
}

/**
 * Inserts documents whose ids say what they are: what was there already stays as it was.
 * Unordered, so that one that exists does not keep out the next; only error 11000 is benign, and inserted + already
 * there must equal the batch, because an unordered write may leave out documents without a word.
 * @returns the ids that were there already. Throws when anything else went wrong: then nothing may be committed.
 */
export async function insertOnce<T extends { _id: string }>(
  model: Model<T>,
  documents: readonly T[],
): Promise<ReadonlySet<string>> {
  if (documents.length === 0) return new Set();
  let inserted: number;
  let alreadyThere: string[] = [];
  try {
    const result = await model.insertMany(documents as T[], {
      ordered: false,
      throwOnValidationError: true,
      rawResult: true,
    });
    inserted = result.insertedCount;
  } catch (error) {
    const failure = error as BulkWriteFailure;
    const errors = failure.writeErrors ?? [];
    if (errors.length === 0 || errors.some(({ code }) => code !== duplicateKey)) throw error;
    alreadyThere = errors.map(({ err }) => err?.op?._id ?? '');
    inserted = failure.insertedCount ?? 0;
  }
  if (inserted + alreadyThere.length !== documents.length) {
    throw new Error(
      `${model.collection.collectionName}: ${inserted} inserted and ${alreadyThere.length} there already do not make ${documents.length}`,
    );
  }
  return new Set(alreadyThere);
}
