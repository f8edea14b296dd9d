import { Redis } from 'ioredis';

/** `producer`: adds jobs and must fail fast. `worker`: waits for Redis as long as it takes. */
export type RedisRole = 'producer' | 'worker';

/** A command that Redis does not answer within this time has failed for a producer; its caller tries again. */
const producerCommandLimitMs = 5_000;
const longestReconnectWaitMs = 1_000;

/**
 * A connection for one role. It reconnects for ever, within a second of Redis being back; what goes wrong meanwhile is
 * told to `onAway`, once an outage.
 */
export function createRedis(url: string, role: RedisRole, onAway?: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    // A worker's blocking commands may wait for ever; a producer's caller is answered at once, so it keeps no queue.
    ...(role === 'worker'
      ? { maxRetriesPerRequest: null }
      : { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: producerCommandLimitMs }),
    connectTimeout: 5_000,
    disconnectTimeout: 500,
    retryStrategy: (times) => Math.min(100 * times, longestReconnectWaitMs),
  });
  let away = false;
  redis.on('ready', () => (away = false));
  // Without a listener an unreachable Redis would end the process.
  redis.on('error', (error: Error) => {
    if (!away) onAway?.(error);
    away = true;
  });
  return redis;
}
