import { randomBytes } from 'node:crypto';
import { findProgram } from '../process/find-program.js';
import { runProgram } from '../process/run-program.js';
import { until } from '../process/until.js';
import { LocalStackError } from '../local-stack-error.js';
import { repositoryRoot } from '../paths.js';
import type { Engine, EngineName } from './engine.js';
import { brokerAnswers } from './kafka.js';
import { isPrimary, mongoUrl } from './mongo.js';
import { redisAnswers } from './redis.js';

export interface DockerRequest {
  readonly names: readonly EngineName[];
  readonly ports: Readonly<Record<EngineName | 'mailbox' | 'smtp', number>>;
  /** Keeps the containers' volumes for the next start; else they are removed at the end. */
  readonly keepData: boolean;
  readonly onLine: (line: string) => void;
}

export interface DockerEngines {
  readonly engines: readonly Engine[];
  readonly mailbox: { readonly url: string; readonly smtp: string };
  stop(): Promise<void>;
}

/** Whether a Docker engine answers (not only whether its client is installed). */
export async function dockerAnswers(): Promise<boolean> {
  const docker = findProgram('docker');
  return docker !== undefined && (await runProgram(docker, ['info'], { timeoutMs: 10_000 })).status === 0;
}

/** Brings up the engines' services of docker-compose.yml, so that there is one definition of them. */
export async function startDockerEngines(request: DockerRequest): Promise<DockerEngines> {
  const { names, ports, keepData } = request;
  // Loaded here because it is large, and needed only where there is a Docker engine.
  const { DockerComposeEnvironment } = await import('testcontainers');
  const project = keepData ? 'signalbox-local' : `signalbox-${randomBytes(4).toString('hex')}`;
  const environment = await new DockerComposeEnvironment(repositoryRoot, 'docker-compose.yml')
    .withProjectName(project)
    // Its reaper would take the volumes along when this process ends.
    .withAutoCleanup(!keepData)
    .withEnvironment(composeEnvironment(ports))
    .withStartupTimeout(120_000)
    .up([...names, 'mailpit']);
  const containerOf = (service: string): string => environment.getContainer(`${service}-1`).getId();
  try {
    const engines = names.map((name) => dockerEngine(name, containerOf(name), ports[name]));
    for (const engine of engines) await waitReady(engine.name, ports[engine.name]);
    return {
      engines,
      mailbox: { url: `http://127.0.0.1:${ports.mailbox}`, smtp: `smtp://127.0.0.1:${ports.smtp}` },
      stop: async () => void (await environment.down({ removeVolumes: !keepData })),
    };
  } catch (error) {
    await environment.down({ removeVolumes: !keepData });
    throw error;
  }
}

/** The compose file publishes its services at these ports of 127.0.0.1. */
const composeEnvironment = (ports: DockerRequest['ports']): Record<string, string> => ({
  KAFKA_PORT: String(ports.kafka),
  MONGO_PORT: String(ports.mongo),
  REDIS_PORT: String(ports.redis),
  MAILBOX_PORT: String(ports.mailbox),
  SMTP_PORT: String(ports.smtp),
});

const images = { kafka: 'apache/kafka:4.1.1', mongo: 'mongo:8.0', redis: 'redis:7.4' } as const;

const addressOf = (name: EngineName, port: number): string =>
  ({ kafka: `127.0.0.1:${port}`, mongo: mongoUrl(port), redis: `redis://127.0.0.1:${port}` })[name];

function dockerEngine(name: EngineName, container: string, port: number): Engine {
  const docker = async (...args: string[]): Promise<void> => {
    const result = await runProgram('docker', [...args, container]);
    if (result.status !== 0) {
      throw new LocalStackError(
        'step-failed',
        `docker ${args.join(' ')} of ${name} failed: ${result.stderr.trim()}`,
      );
    }
  };
  return {
    name,
    description: `docker ${images[name]}`,
    address: addressOf(name, port),
    pid: undefined,
    start: async () => {
      await docker('start');
      await waitReady(name, port);
    },
    stop: (signal) => (signal === 'SIGKILL' ? docker('kill') : docker('stop', '--time', '10')),
    pause: () => docker('pause'),
    resume: () => docker('unpause'),
    // Compose's restart policy looks after a container that dies.
    onUnaskedEnd: () => undefined,
  };
}

async function waitReady(name: EngineName, port: number): Promise<void> {
  const probes = {
    kafka: () => brokerAnswers(`127.0.0.1:${port}`),
    mongo: () => isPrimary(port),
    redis: () => redisAnswers(port),
  } as const satisfies Record<EngineName, () => Promise<boolean>>;
  if (await until(probes[name], { withinMs: 60_000, everyMs: 200 })) return;
  throw new LocalStackError(
    'not-ready',
    `${name} in Docker was not ready after 60 s: see docker compose logs ${name}.`,
  );
}
