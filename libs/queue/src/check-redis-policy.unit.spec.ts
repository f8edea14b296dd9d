import { checkRedisPolicy, RedisPolicyError } from './check-redis-policy.js';

/** A Redis that answers INFO with these two facts. */
const redisWith = (policy: string, aof: 0 | 1) => ({
  info: (section: string): Promise<string> =>
    Promise.resolve(
      section === 'memory'
        ? `# Memory\r\nmaxmemory:0\r\nmaxmemory_policy:${policy}\r\n`
        : `# Persistence\r\nloading:0\r\naof_enabled:${aof}\r\n`,
    ),
});

it.each([
  ['allkeys-lru', 1, 'maxmemory-policy is allkeys-lru and must be noeviction, appendonly is yes'],
  [
    'noeviction',
    0,
    'maxmemory-policy is noeviction and must be noeviction, appendonly is no and must be yes',
  ],
  ['volatile-ttl', 0, 'maxmemory-policy is volatile-ttl and must be noeviction, appendonly is no'],
] as const)('refuses a Redis with %s and append-only %s, naming both settings', async (policy, aof, says) => {
  const refused = checkRedisPolicy(redisWith(policy, aof));
  await expect(refused).rejects.toThrow(RedisPolicyError);
  await expect(refused).rejects.toThrow(says);
});

it('accepts noeviction with an append-only file', async () => {
  await expect(checkRedisPolicy(redisWith('noeviction', 1))).resolves.toBeUndefined();
});
