import DataLoader from 'dataloader';

export interface GatherOptions {
  /** How long the first call of a batch waits for company, in milliseconds. */
  readonly withinMs: number;
  /** The most items one batch holds; what comes on top opens the next one. */
  readonly most: number;
}

/**
 * Gathers calls that come at about the same time into one batch, and gives each caller its own answer.
 *
 * Why: kafkajs has no linger, and 500 events sent one by one took 510 ms where a batch of 1,000 goes at 48,000/s;
 * MongoDB's bulk writes save a round trip a document in the same way.
 * @param run answers one result an item, in the items' order; an `Error` in a place rejects that caller alone, a
 *   rejection of the whole rejects every caller of the batch.
 */
export function gather<I, O>(
  run: (items: readonly I[]) => Promise<readonly (O | Error)[]>,
  { withinMs, most }: GatherOptions,
): (item: I) => Promise<O> {
  const loader = new DataLoader<I, O>(run, {
    cache: false, // Two callers with the same item are two callers.
    maxBatchSize: most,
    batchScheduleFn: (startBatch) => setTimeout(startBatch, withinMs),
  });
  return (item) => loader.load(item);
}
