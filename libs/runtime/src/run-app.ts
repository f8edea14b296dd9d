import 'reflect-metadata';
import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Express, NextFunction, Request, Response } from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDrain, type Drain } from './drain.js';
import { useHttpBodies, type HttpBodies } from './http-bodies.js';
import { inputPipe } from './input-errors.js';
import type { Log } from './log.js';
import { nestLog } from './nest-log.js';
import { problemFilter } from './problem-filter.js';
import { StartError, type ProcessHost } from './run-main.js';

export interface AppOptions {
  readonly name: string;
  /** Builds the one module of the app, and says with `drain.onDrain` what is to be closed at the end. */
  readonly module: (drain: Drain) => Promise<Type | DynamicModule>;
  /** `setting` is the name of the setting that moves the port. */
  readonly listen: { readonly host: string; readonly port: number; readonly setting: string };
  readonly log: Log;
  readonly bodies?: HttpBodies;
  /** How long a request's body may take to come, in milliseconds; Node cuts it off after 5 minutes. */
  readonly longestRequestMs?: number;
  /** Before Nest registers its routes: middleware, documentation pages. */
  readonly configure?: (app: INestApplication<Server>) => void | Promise<void>;
  /** After all modules are up, before HTTP is: `connectMicroservice` and `startAllMicroservices`. */
  readonly beforeListen?: (app: INestApplication<Server>) => Promise<unknown>;
  /** After this many milliseconds of draining the process ends with 1 and says what hung. */
  readonly drainLimitMs?: number;
  readonly host?: ProcessHost;
}

export interface RunningApp {
  readonly app: INestApplication<Server>;
  readonly url: string;
  /** Drains and exits, as SIGTERM does. */
  readonly stop: (why: string) => Promise<void>;
}

/**
 * For the processes that a bulk import goes through. Whoever sends slowly holds a connection for longer and nothing else,
 * and is known by then: the headers still have to come within a minute.
 */
export const longestRequestMs = 60 * 60 * 1000;

/** Five seconds less than Kubernetes' usual grace of 30, so that the line that says what hung is still written. */
const usualDrainLimitMs = 25_000;
/** A request that runs longer than this while the process drains is cut off, to leave time for the hooks. */
const requestsLimitMs = 10_000;

/**
 * Starts one process: modules, then consumers, then HTTP; one line when it is ready. SIGTERM and SIGINT drain it:
 * not ready, no new connections, requests in flight answered, hooks in order, Nest's own closing, exit 0.
 * @throws StartError when the port is taken; whatever the module throws.
 */
export async function runApp(options: AppOptions): Promise<RunningApp> {
  const { name, listen, log, host = process } = options;
  const drain = createDrain();
  const stop = stopper(drain, options, host);
  try {
    const app = await createApp(options, drain);
    const server = app.getHttpServer();
    if (options.longestRequestMs !== undefined) server.requestTimeout = options.longestRequestMs;
    stop.isRunning(app, server);
    await app.init();
    await options.beforeListen?.(app);
    await listenOn(server, name, listen);
    host.on('SIGTERM', () => void stop.now('SIGTERM'));
    host.on('SIGINT', () => void stop.now('SIGINT'));
    const url = `http://${listen.host}:${(server.address() as AddressInfo).port}`;
    log.info({ event: 'process.ready', url }, 'process.ready');
    return { app, url, stop: stop.now };
  } catch (error) {
    await stop.afterFailedStart();
    throw error;
  }
}

async function createApp(
  { module, log, bodies, configure }: AppOptions,
  drain: Drain,
): Promise<INestApplication<Server>> {
  const app = await NestFactory.create<INestApplication<Server>>(await module(drain), {
    logger: nestLog(log),
    bodyParser: false,
    abortOnError: false, // Otherwise Nest aborts the process and nobody says why in one line.
  });
  const http = app.getHttpAdapter().getInstance() as Express;
  http.disable('x-powered-by');
  http.set('etag', false); // Our ETags are revisions (If-Match); a hash of the bytes would be taken for one.
  http.use((_request: Request, response: Response, next: NextFunction) => {
    // Answers hold contacts and decisions: no cache may keep them, no browser may guess that they are a page.
    response.set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' });
    next();
  });
  useHttpBodies(http, bodies);
  app.useGlobalFilters(problemFilter(log));
  app.useGlobalPipes(inputPipe());
  await configure?.(app);
  return app;
}

/** Not `app.listen()`, which logs the error a second time in its own words. */
function listenOn(
  server: Server,
  name: string,
  { host, port, setting }: AppOptions['listen'],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) =>
      reject(startErrorOf(error, `${name} needs port ${port} on ${host}`, setting) ?? error);
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

const whyNotListening: Readonly<Record<string, (setting: string) => string>> = {
  EADDRINUSE: (setting) => `which is taken: stop what uses it, or set ${setting}.`,
  EACCES: (setting) => `which this user may not open: set ${setting}.`,
  EADDRNOTAVAIL: () => 'which is no address of this machine: set HOST.',
  ENOTFOUND: () => 'which is no address of this machine: set HOST.',
};

function startErrorOf(error: NodeJS.ErrnoException, needs: string, setting: string): StartError | undefined {
  const why = whyNotListening[error.code ?? ''];
  return why && new StartError(`${needs}, ${why(setting)}`, { cause: error });
}

/** Everything about ending; a second signal changes nothing, since Ctrl-C reaches a process more than once. */
function stopper(drain: Drain, { log, drainLimitMs = usualDrainLimitMs }: AppOptions, host: ProcessHost) {
  let running: { app: INestApplication<Server>; server: Server } | undefined;
  let stopped: Promise<void> | undefined;

  async function drainAndExit(why: string): Promise<void> {
    log.info({ event: 'process.draining', why }, 'process.draining');
    const limit = setTimeout(() => {
      log.fatal({ event: 'drain.hung', step: drain.current(), limitMs: drainLimitMs }, 'drain.hung');
      host.exit(1);
    }, drainLimitMs);
    const failed = await runAll();
    clearTimeout(limit);
    log.info({ event: 'process.stopped', why }, 'process.stopped');
    host.exit(failed.length === 0 ? 0 : 1);
  }

  function runAll(): Promise<readonly string[]> {
    if (running === undefined) return drain.run(log);
    const { app, server } = running;
    return drain.run(log, {
      before: [{ name: 'http', run: () => closeServer(server) }],
      after: [{ name: 'nest', run: () => app.close() }],
    });
  }

  return {
    isRunning: (app: INestApplication<Server>, server: Server) => {
      running = { app, server };
    },
    now: (why: string) => (stopped ??= drainAndExit(why)),
    /** What was opened is closed, so that a consumer leaves its group instead of being waited for. */
    afterFailedStart: async () => {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise((resolve) => (timer = setTimeout(resolve, drainLimitMs)));
      await Promise.race([runAll(), limit]);
      clearTimeout(timer);
    },
  };
}

/** Resolves when every request in flight is answered. Idle connections are closed as they become idle. */
async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  // Node closes the idle ones once; a connection that was busy then would stay until its keep-alive ends.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cutOff = setTimeout(() => server.closeAllConnections(), requestsLimitMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cutOff);
}
