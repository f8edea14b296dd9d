import {
  encryptionKeys,
  idKey,
  kafkaConfig,
  mongoConfig,
  port,
  processConfig,
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
  CONTACT_REGISTRY_PORT: port(8081),
});
export type RegistryConfig = z.output<typeof RegistryConfig>;
