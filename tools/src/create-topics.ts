// The deploy step that creates the topics: `node tools/dist/create-topics.js` against KAFKA_BROKERS, and the local stack.
import { pathToFileURL } from 'node:url';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { topics } from '@signalbox/contracts';

export interface TopicToCreate {
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
}

export interface CreatedTopics {
  readonly created: readonly string[];
  readonly alreadyThere: readonly string[];
}

/**
 * Creates what is missing; run it as often as you like. Topics that are there keep their settings: changing those of
 * a topic with data in it is an operator's decision.
 * @param brokers as in KAFKA_BROKERS, comma-separated.
 * @param replicationFactor -1 takes the broker's default.replication.factor.
 */
export async function createTopics(
  brokers: string,
  table: Readonly<Record<string, TopicToCreate>> = topics,
  replicationFactor = -1,
): Promise<CreatedTopics> {
  const kafka = new Kafka({
    clientId: 'signalbox-create-topics',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  try {
    const there = new Set(await admin.listTopics());
    const missing = Object.entries(table).filter(([name]) => !there.has(name));
    if (missing.length > 0) await create(admin, missing, replicationFactor);
    return {
      created: missing.map(([name]) => name),
      alreadyThere: Object.keys(table).filter((name) => there.has(name)),
    };
  } finally {
    await admin.disconnect();
  }
}

async function create(
  admin: Admin,
  missing: readonly (readonly [string, TopicToCreate])[],
  replicationFactor: number,
): Promise<void> {
  await admin.createTopics({
    waitForLeaders: true,
    timeout: 30_000,
    topics: missing.map(([topic, { partitions, config }]) => ({
      topic,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
    })),
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const brokers = process.env['KAFKA_BROKERS'];
  if (!brokers) {
    console.error('KAFKA_BROKERS is not set: name the brokers, for example KAFKA_BROKERS=127.0.0.1:39092.');
    process.exit(1);
  }
  const { created, alreadyThere } = await createTopics(brokers);
  console.log(`${created.length} topics created, ${alreadyThere.length} were there already`);
}
