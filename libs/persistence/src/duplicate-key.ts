const duplicateKey = 11_000;

/** Whether MongoDB refused one write because a document with that key is there already; also of one write of a bulk. */
export const isDuplicateKey = (error: unknown): boolean =>
  (error as { readonly code?: unknown } | null)?.code === duplicateKey;
