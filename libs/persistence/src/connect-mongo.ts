import mongoose, { type Connection } from 'mongoose';

export interface MongoOptions {
  readonly url: string;
  /** The database's name; the URL names none. */
  readonly database: string;
  /** Milliseconds an operation waits for a server to appear. Short: what cannot be stored now is tried again by its caller. */
  readonly serverSelectionTimeoutMs?: number;
  /** Hears of each failed attempt of the first connection. */
  readonly onAway?: (error: Error) => void;
}

/**
 * Opens a connection of its own, and waits for MongoDB as long as it takes to answer the first time; `onAway` hears of
 * each attempt that failed. Later outages are the driver's: operations fail after the selection time-out and work again
 * when the server is back.
 */
export async function connectMongo(options: MongoOptions): Promise<Connection> {
  for (;;) {
    const connection = mongoose.createConnection();
    // A filter on a path the schema does not know is a mistake, never an empty condition.
    connection.set('strictQuery', 'throw');
    connection.set('bufferCommands', false);
    try {
      return await connection.openUri(options.url, {
        dbName: options.database,
        serverSelectionTimeoutMS: options.serverSelectionTimeoutMs ?? 2_000,
        maxPoolSize: 20,
        autoIndex: false,
        autoCreate: false,
        writeConcern: { w: 'majority', j: true },
        readConcern: { level: 'majority' },
        readPreference: 'primary',
      });
    } catch (error) {
      if (!isAway(error)) throw error;
      options.onAway?.(error);
      await connection.close();
    }
  }
}

/** Whether an error only says that no server answers now, as against a wrong address or a wrong password. */
const isAway = (error: unknown): error is Error =>
  error instanceof mongoose.Error.MongooseServerSelectionError ||
  (error instanceof Error && /^Mongo(Network|ServerSelection)/.test(error.name));

/** Rejects when MongoDB does not answer; for health checks. */
export async function pingMongo(connection: Connection): Promise<void> {
  await connection.db?.admin().ping();
}
