import { createLog, readConfig, runApp, runMain } from '@signalbox/runtime';
import { EmailWorkerConfig } from './email-worker-config.js';
import { emailWorkerModule } from './email-worker.module.js';

await runMain('email-worker', async () => {
  const config = readConfig(EmailWorkerConfig);
  const log = createLog('email-worker', { level: config.LOG_LEVEL });
  await runApp({
    name: 'email-worker',
    log,
    listen: { host: config.HOST, port: config.EMAIL_WORKER_PORT, setting: 'EMAIL_WORKER_PORT' },
    module: (drain) => emailWorkerModule(config, log, drain),
  });
});
