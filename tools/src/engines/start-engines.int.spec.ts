import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';
import mongoose from 'mongoose';
import { identityOf } from '../process/process-identity.js';
import { freePort } from '../process/ports.js';
import { until } from '../process/until.js';
import { engineNames } from './engine.js';
import { startEngines, type Engines } from './start-engines.js';

/** Nothing is given: the engines of the other specs stay out of this. */
const env = {};

describe('engines of our own', () => {
  let dir: string;
  let engines: Engines;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'signalbox-engines-'));
    engines = await startEngines({ dir, ports: 'free', env });
  });
  afterAll(async () => {
    await engines?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('say where they came from', () => {
    for (const name of engineNames) expect(engines[name].description).toMatch(/^(native|docker) \S+/);
  });

  it('keep their data while one of them is stopped with SIGKILL and started again', async () => {
    await writeToAll(engines);
    for (const name of engineNames) {
      await engines[name].stop('SIGKILL');
      await engines[name].start();
    }
    await expectWritten(engines);
  });

  it('keep their data for a later start with the same folder, at other ports', async () => {
    await engines.stop();
    engines = await startEngines({ dir, ports: 'free', env });
    await expectWritten(engines);
  });

  it('answer nothing while paused, and go on afterwards', async () => {
    const redis = new Redis(engines.redis.address, {
      lazyConnect: true,
      commandTimeout: 300,
      maxRetriesPerRequest: 0,
    });
    redis.on('error', () => undefined);
    await redis.connect();
    await engines.redis.pause();
    await expect(redis.ping()).rejects.toThrow('timed out');
    await engines.redis.resume();
    expect(await redis.ping()).toBe('PONG');
    redis.disconnect();
  });

  it('refuse a folder whose engines are in use', async () => {
    await expect(startEngines({ dir, ports: 'free', env })).rejects.toThrow(
      /kafka runs already as process \d+/,
    );
  });
});

describe('engines that cannot start', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'signalbox-engines-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('name a taken port, who needs it and the setting that moves it, and leave nothing running', async () => {
    const taken = await freePort();
    const server = createServer().listen(taken, '127.0.0.1');
    const ports = { kafka: await freePort(), mongo: taken, redis: await freePort() };
    try {
      await expect(startEngines({ dir, ports, env })).rejects.toThrow(
        `Port ${taken} is taken, and MongoDB needs it: stop what listens there, or set MONGO_PORT to another port.`,
      );
    } finally {
      server.close();
    }
    const run = join(dir, 'run');
    expect(existsSync(run) ? readdirSync(run) : []).toEqual([]);
  });
});

describe('engines left behind by a run that was killed', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'signalbox-engines-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('end with it, or are ended at the next start, with one line', async () => {
    const { child, pids } = await startInAnotherProcess(dir);
    child.kill('SIGKILL');
    const lines: string[] = [];
    // The kernel ends them a moment after their parent; a start in between has to cope as well.
    const engines = await startEngines({ dir, ports: 'free', env, onProgress: (line) => lines.push(line) });
    try {
      for (const pid of pids) expect(identityOf(pid)).toBeUndefined();
      const about = lines.filter((line) => /stale pid file|left over from a run that was killed/.test(line));
      expect(about).toHaveLength(3);
    } finally {
      await engines.stop();
    }
  });
});

/** Another process that starts engines and then only waits. */
async function startInAnotherProcess(dir: string): Promise<{ child: ChildProcess; pids: number[] }> {
  const program = `
    const { startEngines } = await import(${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)});
    const engines = await startEngines({ dir: process.argv[1], ports: 'free', env: {} });
    console.log('ready', JSON.stringify([engines.kafka.pid, engines.mongo.pid, engines.redis.pid]));
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const pids = await until(() => /^ready (.*)$/m.exec(output)?.[1], { withinMs: 50_000 });
  return { child, pids: JSON.parse(pids ?? '[]') as number[] };
}

const kafkaAt = (brokers: string): Kafka =>
  new Kafka({ brokers: [brokers], clientId: 'engines-spec', logLevel: logLevel.NOTHING });

async function writeToAll({ kafka, mongo, redis }: Engines): Promise<void> {
  const admin = kafkaAt(kafka.address).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafkaAt(kafka.address).producer();
  await producer.connect();
  await producer.send({ topic: 'kept', acks: -1, messages: [{ value: 'kept' }] });
  await producer.disconnect();
  await withMongo(mongo.address, async (client) => {
    await client.db('spec').collection<{ _id: string }>('kept').insertOne({ _id: 'kept' });
  });
  const client = new Redis(redis.address);
  await client.set('kept', 'yes');
  await client.quit();
}

async function expectWritten({ kafka, mongo, redis }: Engines): Promise<void> {
  const admin = kafkaAt(kafka.address).admin();
  await admin.connect();
  const offsets = await until(() => admin.fetchTopicOffsets('kept'), { withinMs: 10_000 });
  await admin.disconnect();
  expect(offsets).toMatchObject([{ partition: 0, high: '1' }]);
  await withMongo(mongo.address, async (client) => {
    expect(await client.db('spec').collection('kept').countDocuments()).toBe(1);
  });
  const client = new Redis(redis.address);
  expect(await client.get('kept')).toBe('yes');
  await client.quit();
}

async function withMongo(
  url: string,
  use: (client: mongoose.mongo.MongoClient) => Promise<void>,
): Promise<void> {
  const client = await new mongoose.mongo.MongoClient(url).connect();
  try {
    await use(client);
  } finally {
    await client.close();
  }
}
