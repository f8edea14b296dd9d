import { createLog, readConfig, runMain } from '@signalbox/runtime';
import { GatewayConfig } from './gateway-config.js';
import { startGateway } from './start-gateway.js';

await runMain('gateway', () => {
  const config = readConfig(GatewayConfig);
  return startGateway(config, createLog('gateway', { level: config.LOG_LEVEL }));
});
