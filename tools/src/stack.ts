import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createOurTopics, describeTopics } from './create-topics.js';
import { engineNames } from './engines/engine.js';
import { startEngines, type Engines } from './engines/start-engines.js';
import { localDirectory } from './paths.js';
import { clearLeftover } from './process/clear-leftover.js';
import { runningProcesses } from './process/local-process.js';
import { logTail } from './process/log-tail.js';
import { removePidFile, writePidFile } from './process/pid-file.js';
import { restartUnasked } from './process/restart-unasked.js';
import { seed } from './seed.js';
import { makeApiKeys } from './stack/api-keys.js';
import { appNames, type AppName } from './stack/apps.js';
import { GatewayClient } from './stack/gateway-client.js';
import { mailboxProcess, replicasOf, type ProcessContext } from './stack/processes.js';
import { localSecrets, saveSecrets, type ApiKeys } from './stack/secrets.js';
import { linksRenewedEveryMs, makeSignInLinks } from './stack/sign-in-links.js';
import { stackEnvironment } from './stack/stack-environment.js';
import { removeStackFile, writeStackFile, type StackFile } from './stack/stack-file.js';
import { requireStackPorts, stackPorts, type StackPorts } from './stack/stack-ports.js';
import type { StackProcess } from './stack/stack-process.js';
import { steps } from './stack/steps.js';

export interface StackOptions {
  /** Data, logs, pid files and secrets; `.local` when left out. A later start with the same folder finds its data again. */
  readonly dir?: string;
  /** `free` for tests: the stack stands beside any other one. */
  readonly ports?: 'default' | 'free';
  /** How many processes of an app; one when left out. A second one is called `<app>-2` and listens on a free port. */
  readonly replicas?: Partial<Record<AppName, number>>;
  /** Whether what dies unasked is started again. */
  readonly restart?: boolean;
  /** Whether the demo accounts are made when they are not there. */
  readonly seed?: boolean;
  /** More settings for every app. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
  /** Called after everything was stopped because a process ended five times within a minute. */
  readonly onGiveUp?: (reason: string) => void;
  /** Ends a start that is under way; what was started until then is stopped. */
  readonly signal?: AbortSignal;
}

export interface Stack {
  readonly dir: string;
  readonly gateway: string;
  /** The mailbox's page and API. */
  readonly mailbox: string;
  readonly smtp: string;
  readonly keys: ApiKeys;
  readonly engines: Engines;
  /** What every app is told. */
  readonly environment: NodeJS.ProcessEnv;
  /** The mailbox (when it is ours) and every process of an app, in the order of their start. */
  readonly processes: readonly StackProcess[];
  /** One process by its name: `gateway`, `notification-router-2`, `mailbox`. */
  process(name: string): StackProcess;
  /** What stack.json says. */
  file(): StackFile;
  /** Ends the apps, then the mailbox, then the engines; leaves no process behind, and the data in place. */
  stop(): Promise<void>;
}

/**
 * Starts engines, mailbox and apps, runs the deploy steps and seeds the demo accounts. Resolves when everything is
 * ready; when anything fails, what was started is stopped again.
 * @throws LocalStackError with one clear line.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { dir = localDirectory, onLine = () => undefined, signal } = options;
  mkdirSync(join(dir, 'logs'), { recursive: true });
  await claimDirectory(dir, onLine);
  const started = new StartedParts(dir, onLine);
  try {
    const aborted = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      if (signal?.aborted) reject(signal.reason as Error);
    });
    return await Promise.race([bringUp(started, { ...options, dir, onLine }), aborted]);
  } catch (error) {
    await started.stop();
    throw error;
  }
}

type Settled = StackOptions & Required<Pick<StackOptions, 'dir' | 'onLine'>>;

async function bringUp(started: StartedParts, options: Settled): Promise<Stack> {
  const { dir, onLine, ports: which = 'default', restart = false, replicas = {}, env: extra = {} } = options;
  const { step } = steps(onLine);
  const ports = await stackPorts(which, process.env);
  await requireStackPorts(ports);
  const secrets = await localSecrets(dir);
  const giveUp = (reason: string): void => void started.giveUp(reason, options.onGiveUp);
  const onRestarted = (): void => started.tell();
  const context = { dir, onLine, keepAlive: restart, onGiveUp: giveUp, onRestarted };

  const engines = await startEngines({ dir, ports: which, onProgress: onLine });
  started.engines = engines;
  if (restart) restartEngines(engines, started, context);
  const mailbox = engines.mailbox ?? mailboxAt(ports);
  const environment = stackEnvironment({
    ...{ base: process.env, engines: engines.environment, ports, secrets, extra },
    ...{ smtp: mailbox.smtp, mailbox: mailbox.url },
  });
  const ownMailbox = engines.mailbox === undefined ? mailboxProcess(ports, environment, context) : undefined;
  if (ownMailbox !== undefined) started.processes.push(ownMailbox);
  await Promise.all([
    ownMailbox && step('mailbox', () => ownMailbox.start()),
    step('topics', async () => describeTopics(await createOurTopics(environment))),
  ]);

  for (const app of appNames) {
    started.processes.push(...(await replicasOf(app, replicas[app] ?? 1, ports, environment, context)));
  }
  const startApps = started.processes
    .filter((each) => each !== ownMailbox)
    .map((each) => step(each.name, () => each.start()));
  const [keys] = await Promise.all([
    secrets.keys ?? step('API keys', () => makeApiKeys(environment)),
    ...startApps,
  ]);
  await saveSecrets(dir, { ...secrets, keys });

  const gateway = `http://127.0.0.1:${ports.gateway}`;
  if (options.seed ?? true) {
    await step('demo accounts', async () => {
      const made = await seed(new GatewayClient(gateway, keys.operator));
      return made.length === 0 ? 'there already' : `made ${made.join(', ')}`;
    });
  }
  const withDemoUsers = options.seed ?? true;
  const makeLinks = () => makeSignInLinks(environment, { withDemoUsers });
  started.signIn = await step('sign-in links', makeLinks);
  const stack = started.asStack({
    gateway,
    mailbox: mailbox.url,
    smtp: mailbox.smtp,
    keys,
    engines,
    environment,
  });
  started.tell = () => {
    if (!started.isStopping) writeStackFile(dir, stack.file());
  };
  started.tell();
  started.everyNowAndThen(linksRenewedEveryMs, async () => {
    started.signIn = await makeLinks();
    started.tell();
  });
  return stack;
}

const mailboxAt = (ports: StackPorts): { url: string; smtp: string } => ({
  url: `http://127.0.0.1:${ports.mailbox}`,
  smtp: `smtp://127.0.0.1:${ports.smtp}`,
});

/** One stack in a folder at a time; what a killed one left behind is ended first. */
async function claimDirectory(dir: string, onLine: (line: string) => void): Promise<void> {
  const run = join(dir, 'run');
  mkdirSync(run, { recursive: true });
  await clearLeftover(`the stack in ${dir}`, ownerFile(dir), onLine);
  writePidFile(ownerFile(dir), process.pid);
  const left = readdirSync(run).filter((file) => file.endsWith('.pid') && file !== 'stack.pid');
  // Apps first, as at a stop: an engine that goes first would make them complain in their logs.
  const isEngine = (file: string): boolean => engineNames.some((name) => file === `${name}.pid`);
  const inOrder = [...left.filter((file) => !isEngine(file)), ...left.filter(isEngine)];
  for (const file of inOrder) await clearLeftover(file.replace(/\.pid$/, ''), join(run, file), onLine);
  removeStackFile(dir);
}

const ownerFile = (dir: string): string => join(dir, 'run', 'stack.pid');

function restartEngines(
  engines: Engines,
  started: StartedParts,
  context: Pick<ProcessContext, 'onLine' | 'onGiveUp' | 'onRestarted'>,
): void {
  for (const name of engineNames) {
    const engine = engines[name];
    engine.onUnaskedEnd(
      restartUnasked({
        ...{ ...context, name, isWanted: () => !started.isStopping },
        start: () => engine.start(),
        pid: () => engine.pid,
      }),
    );
  }
}

/** What is running so far, so that a start that fails half way can be undone. */
class StartedParts {
  engines: Engines | undefined;
  readonly processes: StackProcess[] = [];
  /** The newest sign-in links, by whom they are for. */
  signIn: Readonly<Record<string, string>> = {};
  isStopping = false;
  /** Writes stack.json anew; nothing before the stack is ready. */
  tell: () => void = () => undefined;
  #chore: NodeJS.Timeout | undefined;
  #stopped: Promise<void> | undefined;

  constructor(
    private readonly dir: string,
    private readonly onLine: (line: string) => void,
  ) {}

  asStack(facts: Pick<Stack, 'gateway' | 'mailbox' | 'smtp' | 'keys' | 'engines' | 'environment'>): Stack {
    const { processes, dir } = this;
    const { engines, gateway, mailbox, smtp, keys } = facts;
    return {
      ...facts,
      dir,
      processes,
      process(name) {
        const found = processes.find((each) => each.name === name);
        if (found === undefined)
          throw new Error(`no process ${name}: ${processes.map((each) => each.name).join(', ')}`);
        return found;
      },
      file: () => ({
        ...{ gateway, mailbox, smtp, keys, signIn: this.signIn },
        kafka: engines.kafka.address,
        mongo: engines.mongo.address,
        redis: engines.redis.address,
        pids: pidsOf(processes, engines),
        engines: Object.fromEntries(engineNames.map((name) => [name, engines[name].description])),
      }),
      stop: () => this.stop(),
    };
  }

  /** Does a chore again and again until the stop; one that fails is left for its next time. */
  everyNowAndThen(everyMs: number, chore: () => Promise<void>): void {
    this.#chore = setInterval(() => void chore().catch(() => undefined), everyMs).unref();
  }

  /** Once, however often it is asked for. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stopAll());
  }

  async giveUp(reason: string, tell: ((reason: string) => void) | undefined): Promise<void> {
    if (this.isStopping) return;
    const last = this.processes.find(({ name }) => reason.startsWith(`${name} `));
    const lines = last === undefined ? '' : `. The last lines of ${last.logFile}:\n${logTail(last.logFile)}`;
    this.onLine(`${reason}: stopping everything${lines}`);
    await this.stop();
    tell?.(reason);
  }

  async #stopAll(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.#chore);
    removeStackFile(this.dir);
    for (const each of this.processes) each.keepAlive = false;
    const isMailbox = ({ name }: StackProcess): boolean => name === 'mailbox';
    await Promise.all(this.processes.filter((each) => !isMailbox(each)).map((each) => each.stop()));
    await Promise.all(this.processes.filter(isMailbox).map((each) => each.stop()));
    await this.engines?.stop();
    // An engine whose start was still under way has no handle yet, but stands in the list of what runs.
    const run = join(this.dir, 'run');
    const left = runningProcesses().filter(({ spec }) => spec.pidFile.startsWith(run));
    await Promise.all(left.map((each) => each.stop()));
    removePidFile(ownerFile(this.dir));
  }
}

/** Process names as stack.json gives them; MongoDB's program is called mongod. */
function pidsOf(processes: readonly StackProcess[], engines: Engines): Record<string, number> {
  const { kafka, mongo, redis } = engines;
  const all = [
    ...processes.map(({ name, pid }) => [name, pid] as const),
    ...([
      ['kafka', kafka.pid],
      ['mongod', mongo.pid],
      ['redis', redis.pid],
    ] as const),
  ];
  return Object.fromEntries(all.flatMap(([name, pid]) => (pid === undefined ? [] : [[name, pid]])));
}
