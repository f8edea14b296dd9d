import { join } from 'node:path';
import { repositoryRoot } from '../paths.js';
import type { LocalProcessSpec } from '../process/local-process.js';
import { freePort } from '../process/ports.js';
import { apps, type AppName } from './apps.js';
import type { StackPorts } from './stack-ports.js';
import { StackProcess } from './stack-process.js';

export interface ProcessContext {
  readonly dir: string;
  readonly keepAlive: boolean;
  readonly onLine: (line: string) => void;
  readonly onGiveUp: (reason: string) => void;
  /** After something was started again, as another process. */
  readonly onRestarted: () => void;
}

/** The processes of one app; the first at the app's own port, the others at free ones. */
export async function replicasOf(
  app: AppName,
  count: number,
  ports: StackPorts,
  environment: NodeJS.ProcessEnv,
  context: ProcessContext,
): Promise<StackProcess[]> {
  const replicas: StackProcess[] = [];
  for (let number = 1; number <= count; number += 1) {
    const port = number === 1 ? ports[app] : await freePort();
    const url = `http://127.0.0.1:${port}`;
    const spec = nodeProcess(number === 1 ? app : `${app}-${number}`, `apps/${app}/dist/main.js`, context, {
      env: { ...environment, [apps[app].setting]: String(port) },
      isReady: () => answersOk(`${url}/health/ready`),
      // An app drains within 25 s of SIGTERM.
      stopWithinMs: 30_000,
    });
    replicas.push(new StackProcess(spec, url, context));
  }
  return replicas;
}

export function mailboxProcess(
  ports: StackPorts,
  environment: NodeJS.ProcessEnv,
  context: ProcessContext,
): StackProcess {
  const url = `http://127.0.0.1:${ports.mailbox}`;
  const spec = nodeProcess('mailbox', 'tools/dist/mailbox/main.js', context, {
    env: { ...environment, MAILBOX_PORT: String(ports.mailbox), SMTP_PORT: String(ports.smtp) },
    isReady: () => answersOk(`${url}/readyz`),
    stopWithinMs: 5_000,
  });
  return new StackProcess(spec, url, context);
}

function nodeProcess(
  name: string,
  program: string,
  { dir, onLine }: ProcessContext,
  rest: Pick<LocalProcessSpec, 'env' | 'isReady' | 'stopWithinMs'>,
): LocalProcessSpec {
  return {
    name,
    command: process.execPath,
    args: ['--enable-source-maps', join(repositoryRoot, program)],
    cwd: repositoryRoot,
    logFile: join(dir, 'logs', `${name}.log`),
    pidFile: join(dir, 'run', `${name}.pid`),
    readyWithinMs: 60_000,
    onLine,
    ...rest,
  };
}

async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.arrayBuffer();
  return response.ok;
}
