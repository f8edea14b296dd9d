// The deploy step that creates the topics: `node tools/dist/create-topics.js` with the Kafka settings of the processes,
// and the local stack.
import { pathToFileURL } from 'node:url';
import { topics } from '@signalbox/contracts';
import { createKafka, createTopics, kafkaOptionsOf, type TopicsReport } from '@signalbox/messaging';
import { createLog, kafkaConfig, processConfig, readConfig, runMain, type Env } from '@signalbox/runtime';
import { z } from 'zod';

const CreateTopicsConfig = z.object({
  ...processConfig,
  ...kafkaConfig,
  /** 1 fits a single broker; production has 3. */
  KAFKA_REPLICATION_FACTOR: z.coerce.number().int().min(1).max(9).default(1),
});

/**
 * Creates what is missing of contracts' table and mends settings that differ; run it as often as you like.
 * @param env the settings, as every process reads them.
 * @throws ConfigError naming what is missing.
 */
export async function createOurTopics(env: Env): Promise<TopicsReport> {
  const config = readConfig(CreateTopicsConfig, env);
  const kafka = createKafka(
    kafkaOptionsOf(config, 'create-topics', createLog('create-topics', { level: 'silent' })),
  );
  return createTopics(kafka, topics, { replicationFactor: config.KAFKA_REPLICATION_FACTOR });
}

/** What was done, in one sentence for people. */
export function describeTopics({ created, adjusted, partitionsDiffer }: TopicsReport): string {
  const differing = partitionsDiffer.map(
    ({ topic, inTable, found }) => `${topic} has ${found} partitions and the table says ${inTable}`,
  );
  return [`${created.length} created, ${adjusted.length} settings mended`, ...differing].join('; ');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain('create-topics', async () => console.log(describeTopics(await createOurTopics(process.env))));
}
