import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { topicNames, topics } from '@signalbox/contracts';
import type { Signalbox } from './signalbox.js';
import { readTopic } from './read-topic.js';

/** One place where a text can be met, and the text. */
export interface Seen {
  readonly where: string;
  readonly text: string;
}

/** Each mail, decoded and as it went over the wire, under the address that it went to. */
export async function mailsSeen({ stack }: Signalbox): Promise<(Seen & { readonly to: string })[]> {
  const read = async (path: string): Promise<string> => (await fetch(stack.mailbox + path)).text();
  const { messages } = JSON.parse(await read('/api/v1/messages?limit=5000')) as {
    messages: { ID: string; To: { Address: string }[] }[];
  };
  const mails = messages.map(async ({ ID, To }) => {
    const texts = await Promise.all([read(`/api/v1/message/${ID}`), read(`/api/v1/message/${ID}/raw`)]);
    const to = To[0]?.Address ?? '';
    return { where: `a mail to ${to}`, to, text: texts.join('\n') };
  });
  return Promise.all(mails);
}

/** Every topic but the platform's own one of contacts. */
export async function topicsSeen({ stack }: Signalbox): Promise<Seen[]> {
  const names = Object.keys(topics).filter((name) => name !== topicNames.contactUpdates);
  const seen: Seen[] = [];
  for (const name of names) {
    for (const record of await readTopic(stack.engines.kafka.address, name)) {
      seen.push({ where: `the topic ${name}`, text: JSON.stringify(record) });
    }
  }
  return seen;
}

/** Every document of every collection of every database of ours. */
export async function mongoSeen({ stack }: Signalbox): Promise<Seen[]> {
  const connection = await mongoose.createConnection(stack.engines.mongo.address).asPromise();
  const seen: Seen[] = [];
  for (const { name } of (await connection.listDatabases()).databases) {
    if (!name.startsWith('signalbox')) continue;
    const database = connection.useDb(name);
    for (const collection of (await database.db?.collections()) ?? []) {
      const where = `the collection ${collection.collectionName}`;
      for await (const document of collection.find()) seen.push({ where, text: JSON.stringify(document) });
    }
  }
  await connection.close();
  return seen;
}

/** Every key of Redis with what it holds, whatever its type. */
export async function redisSeen({ stack }: Signalbox): Promise<Seen[]> {
  const redis = new Redis(stack.engines.redis.address);
  const seen: Seen[] = [];
  for (const key of await redis.keys('*')) {
    const held = await redis.dumpBuffer(key);
    seen.push({ where: `the Redis key ${key}`, text: `${key} ${held?.toString('latin1') ?? ''}` });
  }
  redis.disconnect();
  return seen;
}

/** The log files of every process that the stack has started. */
export async function logsSeen({ stack }: Signalbox): Promise<Seen[]> {
  const folder = join(stack.dir, 'logs');
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  return Promise.all(
    files.map(async (file) => ({
      where: `the log ${file.name}`,
      text: await readFile(join(file.parentPath, file.name), 'utf8'),
    })),
  );
}

/** What anybody may read at these addresses. */
export const pagesSeen = (urls: readonly string[]): Promise<Seen[]> =>
  Promise.all(
    urls.map(async (url) => ({
      where: `the page ${new URL(url).pathname}`,
      text: await (await fetch(url)).text(),
    })),
  );

/** Where the marks stand, each place once. */
export const placesOf = (marks: readonly string[], seen: readonly Seen[]): string[] => [
  ...new Set(
    seen.flatMap(({ where, text }) => {
      const lower = text.toLowerCase();
      return marks.filter((mark) => lower.includes(mark)).map((mark) => `${mark} in ${where}`);
    }),
  ),
];
