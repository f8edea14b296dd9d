import {
  encryptionKeys,
  idKey,
  kafkaConfig,
  mongoConfig,
  operatorEmail,
  port,
  processConfig,
  publicUrl,
  redisConfig,
  signingKeys,
} from '@signalbox/runtime';
import { z } from 'zod';

/** The settings of the contact registry. */
export const RegistryConfig = z.object({
  ...processConfig,
  ...kafkaConfig,
  ...mongoConfig,
  ...redisConfig,
  ...signingKeys,
  ...encryptionKeys,
  ...idKey,
  ...operatorEmail,
  ...publicUrl,
  CONTACT_REGISTRY_PORT: port(8081),
  NOTIFICATION_ROUTER_URL: z.url().default('http://127.0.0.1:8082'),
});
export type RegistryConfig = z.output<typeof RegistryConfig>;
