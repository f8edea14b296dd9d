/** Redis is set up in a way that would lose jobs. The message says what to change. */
export class RedisPolicyError extends Error {
  override readonly name = 'RedisPolicyError';
}

/** Answers INFO. `Redis` does. */
export interface RedisFacts {
  info(section: string): Promise<string>;
}

/**
 * Refuses a Redis that may throw jobs away: one that evicts keys when memory is short, or that keeps no append-only
 * file. Both are read from INFO, which managed servers allow where they forbid CONFIG.
 * @throws RedisPolicyError naming both settings with what they are and what they must be.
 */
export async function checkRedisPolicy(redis: RedisFacts): Promise<void> {
  const info = `${await redis.info('memory')}\n${await redis.info('persistence')}`;
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'unknown';
  const appendOnly = /^aof_enabled:1/m.test(info) ? 'yes' : 'no';
  if (policy === 'noeviction' && appendOnly === 'yes') return;
  throw new RedisPolicyError(
    `Redis may lose jobs: maxmemory-policy is ${policy} and must be noeviction, appendonly is ${appendOnly} and must be yes.`,
  );
}
