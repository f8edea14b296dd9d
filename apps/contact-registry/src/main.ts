import { createLog, readConfig, runApp, runMain } from '@signalbox/runtime';
import { startContactRegistry } from './contact-registry.module.js';
import { RegistryConfig } from './registry-config.js';

const name = 'contact-registry';

await runMain(name, async () => {
  const config = readConfig(RegistryConfig);
  const log = createLog(name, { level: config.LOG_LEVEL });
  await runApp({
    name,
    log,
    listen: { host: config.HOST, port: config.CONTACT_REGISTRY_PORT, setting: 'CONTACT_REGISTRY_PORT' },
    module: (drain) => startContactRegistry(config, log, drain),
  });
});
