import { mostEventBytes } from '@signalbox/contracts';
import { type DeadLetters, truncatedHeader } from '@signalbox/messaging';
import type { Metrics } from '@signalbox/runtime';
import type { AlertDeadLetters } from './accept-alerts.js';

/**
 * What a monitor sent and nobody could read, in the dead-letter topic.
 * @param topic what the letter says it comes from; by HTTP that is `http:<path>`.
 */
export function alertDeadLetters(letters: DeadLetters, metrics: Metrics, topic: string): AlertDeadLetters {
  const counter = metrics.counter('signalbox_dead_letters_total');
  return {
    put: async (bytes, reason) => {
      const value = bytes.subarray(0, mostEventBytes);
      const headers = value.length < bytes.length ? { [truncatedHeader]: String(bytes.length) } : {};
      await letters.send([{ topic, partition: -1, offset: -1, key: null, value, headers }], reason);
      counter.inc({ reason });
    },
  };
}
