import {
  idKey,
  kafkaConfig,
  mongoConfig,
  operatorsMailbox,
  port,
  processConfig,
  publicUrl,
  redisConfig,
  signingKeys,
} from '@signalbox/runtime';
import { z } from 'zod';

/** The settings of the notification router. */
export const RouterConfig = z.object({
  ...processConfig,
  ...kafkaConfig,
  ...mongoConfig,
  ...redisConfig,
  ...signingKeys,
  ...idKey,
  ...operatorsMailbox,
  ...publicUrl,
  NOTIFICATION_ROUTER_PORT: port(8082),
  CONTACT_REGISTRY_URL: z.url().default('http://127.0.0.1:8081'),
});
export type RouterConfig = z.infer<typeof RouterConfig>;
