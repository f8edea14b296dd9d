import { longestRequestMs, type Log, type ProcessHost, runApp, type RunningApp } from '@signalbox/runtime';
import { readFileSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import { z } from 'zod';
import type { GatewayConfig } from './gateway-config.js';
import { doorOf, GatewayModule } from './gateway.module.js';
import { openDoor, type Door } from './open-door.js';
import { builtPortal, readPortal } from './portal/read-portal.js';

/** What a spec gives in place of the real thing. */
export interface GatewaySurroundings {
  readonly host?: ProcessHost;
  readonly portalFolder?: string;
}

/**
 * Starts the gateway; Kafka, the registry and the router may come later.
 * @throws StartError when the port is taken or the portal is not built.
 */
export async function startGateway(
  config: GatewayConfig,
  log: Log,
  { host, portalFolder = builtPortal }: GatewaySurroundings = {},
): Promise<RunningApp> {
  const version = ownVersion();
  const portal = readPortal(portalFolder, config.PUBLIC_URL);
  return runApp({
    name: 'gateway',
    log,
    listen: { host: config.HOST, port: config.GATEWAY_PORT, setting: 'GATEWAY_PORT' },
    longestRequestMs,
    module: (drain) => Promise.resolve(GatewayModule.with({ config, log, drain, version, portal })),
    configure: (app) => standBefore(app.getHttpServer(), doorOf(config, log, portal)),
    ...(host === undefined ? {} : { host }),
  });
}

/** Puts the door between the server and Nest's own listener. Nobody listens on the server yet. */
function standBefore(server: Server, door: Door): void {
  const nest = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on(
    'request',
    openDoor(door, (request, response) => nest.forEach((listener) => listener(request, response))),
  );
}

function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
