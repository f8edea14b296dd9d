import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { LocalStackError } from '../local-stack-error.js';
import { cacheDirectory } from '../paths.js';
import { findProgram } from '../process/find-program.js';
import { freePort } from '../process/ports.js';
import { runProgram } from '../process/run-program.js';
import { cached } from './cache.js';
import type { Engine, EngineRequest } from './engine.js';
import { nativeEngine } from './native-engine.js';

const version = '4.1.1';
/** What Kafka's own lines go through; without it a broker that cannot start says nothing about why. */
const loggingVersion = '2.24.3';
const cacheName = `kafka-${version}-log4j-${loggingVersion}`;
/** Kafka 4 servers need Java 17 (https://kafka.apache.org/41/documentation/#java). */
const oldestJava = 17;

/** Maven reads the dependencies from here; `--strict-checksums` makes it refuse a file that differs from its published hash. */
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>io.signalbox</groupId><artifactId>kafka-engine</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>${loggingVersion}</version></dependency>
  </dependencies>
</project>
`;

export async function missingForKafka(): Promise<string[]> {
  const missing: string[] = [];
  const found = await javaVersion();
  if (found === undefined) missing.push(`java ${oldestJava} or newer on the PATH (none was found)`);
  else if (found < oldestJava) missing.push(`java ${oldestJava} or newer on the PATH (found ${found})`);
  const isCached = existsSync(join(cacheDirectory(), cacheName));
  if (!isCached && findProgram('mvn') === undefined) missing.push('mvn (Maven) on the PATH');
  return missing;
}

async function javaVersion(): Promise<number | undefined> {
  const java = findProgram('java');
  if (java === undefined) return undefined;
  const { stderr, stdout } = await runProgram(java, ['-version']);
  const major = /version "(?:1\.)?(\d+)/.exec(stderr + stdout)?.[1];
  return major === undefined ? undefined : Number(major);
}

/** One broker that is its own controller, durable for its one copy, creating no topic by itself. */
export async function startKafka({ dir, port, onLine }: EngineRequest): Promise<Engine> {
  const folder = await cached({ name: cacheName, fill: fetchJars, onLine });
  const data = join(dir, 'kafka');
  await mkdir(data, { recursive: true });
  const classpath = join(folder, 'lib', '*');
  const properties = join(data, 'server.properties');
  await writeFile(properties, serverProperties(port, await freePort(), join(data, 'logs')));
  await writeFile(join(data, 'log4j2.yaml'), logging);
  await formatOnce(classpath, properties, join(data, 'logs'), onLine);
  return nativeEngine({
    name: 'kafka',
    version,
    address: `127.0.0.1:${port}`,
    dir,
    onLine,
    command: 'java',
    args: [
      ...['-Xms128m', '-Xmx512m', '-XX:+ExitOnOutOfMemoryError', '-XX:TieredStopAtLevel=4'],
      ...[
        `-Dlog4j2.configurationFile=${join(data, 'log4j2.yaml')}`,
        '-cp',
        classpath,
        'kafka.Kafka',
        properties,
      ],
    ],
    isReady: () => brokerAnswers(`127.0.0.1:${port}`),
    readyWithinMs: 60_000,
  });
}

const serverProperties = (
  port: number,
  controllerPort: number,
  logs: string,
): string => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${logs}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=12
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
`;

const logging = `Configuration:
  status: warn
  Appenders:
    Console: { name: stdout, PatternLayout: { pattern: '%d{ISO8601} %p %c{1}: %m%n' } }
  Loggers:
    Root: { level: warn, AppenderRef: { ref: stdout } }
`;

async function fetchJars(folder: string): Promise<void> {
  await writeFile(join(folder, 'pom.xml'), pom);
  const args = ['-q', '-B', '--strict-checksums', 'dependency:copy-dependencies', '-DincludeScope=runtime'];
  const result = await runProgram('mvn', [...args, '-DoutputDirectory=lib'], {
    cwd: folder,
    timeoutMs: 10 * 60_000,
  });
  if (result.status === 0) return;
  const reason =
    (result.stdout + result.stderr).split('\n').find((line) => line.includes('ERROR')) ?? result.stderr;
  throw new LocalStackError('download-failed', `Fetching Kafka ${version} with mvn failed: ${reason.trim()}`);
}

/** Formatting gives the folder its cluster id; the data of a second start are those of the first. */
async function formatOnce(
  classpath: string,
  properties: string,
  logs: string,
  onLine: EngineRequest['onLine'],
): Promise<void> {
  if (existsSync(join(logs, 'meta.properties'))) return;
  onLine(`kafka: formatting ${logs}`);
  const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');
  const args = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', classpath, 'kafka.tools.StorageTool'];
  const result = await runProgram('java', [...args, 'format', '-t', clusterId, '-c', properties]);
  if (result.status === 0) return;
  throw new LocalStackError('not-ready', `Formatting Kafka's folder ${logs} failed: ${result.stderr.trim()}`);
}

/** Whether the broker has registered with its controller and answers clients. */
export async function brokerAnswers(brokers: string): Promise<boolean> {
  const client = new Kafka({
    clientId: 'signalbox-tools',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 0 },
  });
  const admin = client.admin();
  try {
    await admin.connect();
    if ((await admin.describeCluster()).brokers.length === 0) return false;
    // A broker that has just started answers before it can coordinate groups; asking for one makes it begin.
    await admin.fetchOffsets({ groupId: 'signalbox.tools.ready' });
    return true;
  } finally {
    await admin.disconnect();
  }
}
