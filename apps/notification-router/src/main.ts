import { createLog, readConfig, runApp, runMain } from '@signalbox/runtime';
import type { KafkaBatchServer } from '@signalbox/messaging';
import { createNotificationRouter } from './notification-router.module.js';
import { RouterConfig } from './router-config.js';

const name = 'notification-router';

await runMain(name, async () => {
  const config = readConfig(RouterConfig);
  const log = createLog(name, { level: config.LOG_LEVEL });
  let servers: readonly KafkaBatchServer[] = [];
  await runApp({
    name,
    log,
    listen: { host: config.HOST, port: config.NOTIFICATION_ROUTER_PORT, setting: 'NOTIFICATION_ROUTER_PORT' },
    module: async (drain) => {
      const router = await createNotificationRouter(config, log, drain);
      servers = router.servers;
      return router.module;
    },
    beforeListen: (app) => {
      // With the app's filters, because Nest would otherwise put "Internal server error" in the place of what went wrong.
      for (const strategy of servers) app.connectMicroservice({ strategy }, { inheritAppConfig: true });
      return app.startAllMicroservices();
    },
  });
});
