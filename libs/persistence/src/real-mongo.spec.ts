import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connectMongo } from './connect-mongo.js';
import { createDispatchIndexes } from './models.js';

// No spec by itself: what the specs on a real MongoDB share. The server is shared too, so each spec has its own database.

/** A database of its own, with the indexes of the dispatch store; `end` removes it. */
export async function openDatabase(): Promise<{ connection: Connection; end: () => Promise<void> }> {
  const url = process.env.MONGO_URL;
  if (url === undefined) throw new Error('MONGO_URL is not set: run this through the project `int`.');
  const connection = await connectMongo({ url, database: `spec_${randomUUID().slice(0, 8)}` });
  await createDispatchIndexes(connection);
  return {
    connection,
    end: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
