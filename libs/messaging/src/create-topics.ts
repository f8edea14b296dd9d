import type { Topic } from '@signalbox/contracts';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';

// By the default import: these are not among the names that Node finds in kafkajs's CommonJS module.
const { ConfigResourceTypes, ConfigSource } = kafkajs;

export interface TopicsReport {
  readonly created: readonly string[];
  /** Settings that differed from the table and are as it says now. */
  readonly adjusted: readonly { topic: string; setting: string; from: string | null; to: string }[];
  /**
   * Topics whose number of partitions is not the table's. Left as they are: keys would move to other partitions, and an
   * account's order and the in-force check with them.
   */
  readonly partitionsDiffer: readonly { topic: string; inTable: number; found: number }[];
}

export interface CreateTopicsOptions {
  /** 1 fits a single broker; production has 3. Of topics that exist it is left as it is. */
  readonly replicationFactor?: number;
}

/**
 * The deploy step: makes what is missing and mends what differs. When it resolves, every partition takes records. Running it
 * again changes nothing.
 */
export async function createTopics(
  kafka: Kafka,
  topics: Readonly<Record<string, Topic>>,
  { replicationFactor = 1 }: CreateTopicsOptions = {},
): Promise<TopicsReport> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const before = new Set(await admin.listTopics());
    const missing = Object.entries(topics).filter(([topic]) => !before.has(topic));
    if (missing.length > 0) {
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map(([topic, { partitions, config }]) => ({
          topic,
          numPartitions: partitions,
          replicationFactor,
          configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
        })),
      });
    }
    for (const [topic] of missing) await untilLed(admin, topic);
    const adjusted = await adjustSettings(admin, topics);
    return {
      created: missing.map(([topic]) => topic),
      adjusted,
      partitionsDiffer: await differences(admin, topics),
    };
  } finally {
    await admin.disconnect();
  }
}

const mostWaitMs = 30_000;
const askAgainAfterMs = 50;

/**
 * Metadata names a leader some moments before that broker leads. A send in between is refused by some partitions, tried
 * again as a whole by kafkajs, and so stored twice by the others (seen: 100 messages became 202).
 */
async function untilLed(admin: Admin, topic: string): Promise<void> {
  const deadline = performance.now() + mostWaitMs;
  for (;;) {
    try {
      await admin.fetchTopicOffsets(topic); // Only leaders answer it.
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, askAgainAfterMs));
    }
  }
}

async function adjustSettings(
  admin: Admin,
  topics: Readonly<Record<string, Topic>>,
): Promise<TopicsReport['adjusted']> {
  const names = Object.keys(topics);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  const adjusted: TopicsReport['adjusted'][number][] = [];
  for (const { resourceName, configEntries } of resources) {
    const wanted = topics[resourceName]?.config ?? {};
    const found = new Map(configEntries.map((entry) => [entry.configName, entry]));
    const differing = Object.entries(wanted).filter(
      ([setting, to]) => found.get(setting)?.configValue !== to,
    );
    if (differing.length === 0) continue;
    // AlterConfigs replaces all settings of the topic, and kafkajs knows no other: those that somebody else gave go along.
    const given = configEntries.filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG);
    const all = {
      ...Object.fromEntries(given.map((entry) => [entry.configName, entry.configValue])),
      ...wanted,
    };
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: resourceName,
          configEntries: Object.entries(all).map(([name, value]) => ({ name, value })),
        },
      ],
    });
    for (const [setting, to] of differing) {
      adjusted.push({ topic: resourceName, setting, from: found.get(setting)?.configValue ?? null, to });
    }
  }
  return adjusted;
}

async function differences(
  admin: Admin,
  topics: Readonly<Record<string, Topic>>,
): Promise<TopicsReport['partitionsDiffer']> {
  const metadata = await admin.fetchTopicMetadata({ topics: Object.keys(topics) });
  return metadata.topics
    .map(({ name, partitions }) => ({
      topic: name,
      inTable: topics[name]?.partitions ?? 0,
      found: partitions.length,
    }))
    .filter(({ inTable, found }) => inTable !== found);
}
