import type { Model } from 'mongoose';

/** What one page of masking did, and after which id the next one begins; null after the last. */
export interface PageMasked {
  readonly changed: number;
  readonly next: string | null;
}

export interface MaskOptions {
  /** The id that the page before ended with; empty for the first. */
  readonly after: string;
  /** What is left of a value; to be told from the value by its JSON. */
  readonly masked: (value: unknown) => unknown;
}

/** So many documents are read by one page. */
const mostAPage = 500;

/**
 * One page of a collection in the order of its ids: no index finds a text, so every document is read once. What somebody
 * writes meanwhile is kept: a document is changed only if these fields still are what was read.
 */
export async function maskPage<T extends { _id: string }>(
  model: Model<T>,
  fields: readonly (keyof T & string)[],
  { after, masked }: MaskOptions,
): Promise<PageMasked> {
  const page = await model
    .find({ _id: { $gt: after } } as object, Object.fromEntries(fields.map((field) => [field, 1])))
    .sort({ _id: 1 })
    .limit(mostAPage)
    .lean<T[]>();
  let changed = 0;
  for (const document of page) {
    const named = fields.filter((field) => isChangedBy(masked, document[field]));
    if (named.length === 0) continue;
    const before = Object.fromEntries(named.map((field) => [field, document[field]]));
    const after = Object.fromEntries(named.map((field) => [field, masked(document[field])]));
    const { modifiedCount } = await model.updateOne(
      { _id: document._id, ...before } as object,
      { $set: after } as object,
    );
    changed += modifiedCount;
  }
  return { changed, next: page.length < mostAPage ? null : (page.at(-1)?._id ?? null) };
}

/** Whether masking changes this value, and so whether it names who is to be forgotten. */
export const isChangedBy = (masked: MaskOptions['masked'], value: unknown): boolean =>
  value !== undefined && JSON.stringify(masked(value)) !== JSON.stringify(value);
