import type { Admin, Kafka } from 'kafkajs';
import { withinLimit } from './time-limit.js';

/** Kafka did not answer a question in time. Asking again is harmless. */
export class KafkaDidNotAnswer extends Error {
  override readonly name = 'KafkaDidNotAnswer';
  readonly code = 'kafka-did-not-answer';
  readonly retry = true;
}

export interface KeptAdmin {
  /**
   * Asks on the kept connection, which is made when first needed and dropped after a failure, so that the next question
   * begins with a new one.
   * @throws KafkaDidNotAnswer after `limitMs`, or whatever kafkajs rejects with.
   */
  ask<T>(question: (admin: Admin) => Promise<T>, limitMs: number): Promise<T>;
  close(): Promise<void>;
}

export function createKeptAdmin(kafka: Kafka): KeptAdmin {
  let kept: Promise<Admin> | undefined;

  async function connect(): Promise<Admin> {
    const admin = kafka.admin();
    await admin.connect();
    return admin;
  }

  function drop(broken: Promise<Admin>): void {
    if (kept === broken) kept = undefined;
    // Nobody waits for the end of a connection that is broken; it may never have been made.
    broken.then((admin) => admin.disconnect()).catch(() => undefined);
  }

  return {
    async ask(question, limitMs) {
      const connection = (kept ??= connect());
      try {
        const answer = connection.then((admin) => question(admin));
        return await withinLimit(
          answer,
          limitMs,
          () => new KafkaDidNotAnswer(`Kafka did not answer within ${limitMs} ms.`),
        );
      } catch (error) {
        drop(connection);
        throw error;
      }
    },
    async close() {
      const connection = kept;
      kept = undefined;
      await connection?.then((admin) => admin.disconnect()).catch(() => undefined);
    },
  };
}
