import { accountImportPath } from '@signalbox/contracts';
import { createLog, longestRequestMs, readConfig, runApp, runMain } from '@signalbox/runtime';
import type { KafkaBatchServer } from '@signalbox/messaging';
import { startContactRegistry } from './contact-registry.module.js';
import { RegistryConfig } from './registry-config.js';

const name = 'contact-registry';

await runMain(name, async () => {
  const config = readConfig(RegistryConfig);
  const log = createLog(name, { level: config.LOG_LEVEL });
  let servers: readonly KafkaBatchServer[] = [];
  await runApp({
    name,
    log,
    listen: { host: config.HOST, port: config.CONTACT_REGISTRY_PORT, setting: 'CONTACT_REGISTRY_PORT' },
    bodies: { unreadPaths: [accountImportPath] },
    longestRequestMs,
    module: async (drain) => {
      const registry = await startContactRegistry(config, log, drain);
      servers = registry.servers;
      return registry.module;
    },
    beforeListen: (app) => {
      // With the app's filters, because Nest would otherwise put "Internal server error" in the place of what went wrong.
      for (const strategy of servers) app.connectMicroservice({ strategy }, { inheritAppConfig: true });
      return app.startAllMicroservices();
    },
  });
});
