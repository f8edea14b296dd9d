import {
  createAccountMailIndexes,
  createAccountMailLimits,
  createAccountMailStore,
  openAccountMails,
} from '@signalbox/persistence';
import { createDeliveryJobs } from '@signalbox/queue';
import { createEncryption, createKeyedHash, systemClock, type Drain, type Log } from '@signalbox/runtime';
import type { Connection } from 'mongoose';
import type { RegistryConfig } from '../registry-config.js';
import { AccountMails } from './account-mails.js';

/** Opens all that account mails need. Redis may be away: what is asked for meanwhile is stored, and sent when it is back. */
export async function startAccountMails(
  connection: Connection,
  config: Pick<RegistryConfig, 'REDIS_URL' | 'ENCRYPTION_KEYS' | 'ID_KEY'>,
  log: Log,
  drain: Drain,
): Promise<AccountMails> {
  const database = openAccountMails(connection);
  await createAccountMailIndexes(database);
  const jobs = createDeliveryJobs(config.REDIS_URL, (err) =>
    log.warn({ event: 'redis.away', err }, 'redis.away'),
  );
  drain.onDrain('queue', () => jobs.close());
  return new AccountMails({
    store: createAccountMailStore(database),
    limits: createAccountMailLimits(database),
    jobs,
    encryption: createEncryption(config.ENCRYPTION_KEYS),
    hash: createKeyedHash(config.ID_KEY),
    clock: systemClock,
    log,
  });
}
