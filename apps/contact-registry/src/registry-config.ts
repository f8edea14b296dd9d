import { kafkaConfig, mongoConfig, port, processConfig, signingKeys } from '@signalbox/runtime';
import { z } from 'zod';

/** The settings of the contact registry. */
export const RegistryConfig = z.object({
  ...processConfig,
  ...kafkaConfig,
  ...mongoConfig,
  ...signingKeys,
  CONTACT_REGISTRY_PORT: port(8081),
});
export type RegistryConfig = z.output<typeof RegistryConfig>;
