import type { Admin } from 'kafkajs';

/** Offsets of one partition, each the offset of the next record. */
export interface PartitionOffsets {
  readonly first: number;
  readonly end: number;
  /** Where the group goes on; the first offset when it has not committed anything yet. */
  readonly committed: number;
}

/** The offsets of a topic and of a group in it, by partition: two questions, asked at the same time. */
export async function readOffsets(
  admin: Admin,
  topic: string,
  groupId: string,
): Promise<ReadonlyMap<number, PartitionOffsets>> {
  const [ends, [committed]] = await Promise.all([
    admin.fetchTopicOffsets(topic),
    admin.fetchOffsets({ groupId, topics: [topic] }),
  ]);
  const committedOf = new Map(
    committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]),
  );
  return new Map(
    ends.map(({ partition, low, high }) => {
      const first = Number(low);
      const offset = committedOf.get(partition) ?? -1;
      return [partition, { first, end: Number(high), committed: offset < 0 ? first : offset }] as const;
    }),
  );
}
