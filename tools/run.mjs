// The bootstrap behind `npm start`, `npm test`, `npm run demo`, `npm run docs`, `npm run bench`, `npm run screenshots` and
// `npm run reset`. It runs before anything is installed, so it uses nothing but Node: it installs what is missing, builds,
// and hands over to dist/<command>.js of tools, bench or e2e.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const oldestNode = [20, 19];
const commands = ['start', 'test', 'demo', 'docs', 'bench', 'screenshots', 'reset'];
/** Whose they are; the others are those of tools. */
const folders = { bench: 'bench', screenshots: 'e2e' };
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** A mistake that a person can mend: one line, no stack trace. */
class Refusal extends Error {}

const [command, ...args] = process.argv.slice(2);
try {
  await main();
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}

async function main() {
  requireNode();
  if (!commands.includes(command)) throw new Refusal(`Say one of: ${commands.join(', ')}.`);
  if (command === 'reset') return reset();
  await install();
  await build();
  process.exitCode = await handOver();
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isOldEnough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  if (isOldEnough) return;
  throw new Refusal(
    `Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node} (see .nvmrc).`,
  );
}

/** npm writes its hidden lockfile last, so an install that was interrupted has none. Ours says which lock was installed. */
async function install() {
  const lock = join(root, 'package-lock.json');
  const finished = join(root, 'node_modules', '.package-lock.json');
  const marker = join(root, 'node_modules', '.signalbox-lock-hash');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  const isNewer = () => statSync(finished).mtimeMs >= statSync(lock).mtimeMs;
  const isInstalled = () => (existsSync(marker) ? readFileSync(marker, 'utf8') === wanted : isNewer());
  if (existsSync(finished) && isInstalled()) return void writeFileSync(marker, wanted);
  rmSync(marker, { force: true });
  await step('installing packages (npm ci)', 'npm', ['ci', '--no-audit', '--no-fund'], {});
  writeFileSync(marker, wanted);
}

/** Without Nx's own check of the project references, which would stop a build that works and is for `nx sync:check` to say. */
async function build() {
  const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  await step(
    'building (nx run-many -t build)',
    process.execPath,
    [nx, 'run-many', '-t', 'build', '--skipSync'],
    {
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_NO_CLOUD: 'true',
    },
  );
}

/** Runs one long program quietly: a line at its start, one every ten seconds, one at its end; its output only when it fails. */
async function step(what, program, parameters, env) {
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(0)} s`;
  console.log(`${what} …`);
  const ticker = setInterval(() => console.log(`  still ${what}, ${seconds()}`), 10_000);
  const child = spawn(program, parameters, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const stopForwarding = forwardSignals(child);
  const status = await ended(child);
  clearInterval(ticker);
  stopForwarding();
  if (status === 0) return console.log(`  done in ${seconds()}`);
  console.error(Buffer.concat(output).toString().trimEnd());
  throw new Refusal(`${what} failed after ${seconds()} (exit status ${status}): its output stands above.`);
}

/** The command runs in the foreground. Losing the channel tells it that this process was killed. */
function handOver() {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', join(root, folders[command] ?? 'tools', 'dist', `${command}.js`), ...args],
    { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );
  forwardSignals(child);
  return ended(child);
}

function forwardSignals(child) {
  const listeners = signals.map((signal) => [signal, () => child.kill(signal)]);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => listeners.forEach(([signal, listener]) => process.off(signal, listener));
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Refusal(`${child.spawnfile} could not be started: ${error.message}`)),
    );
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Stops nothing; deletes what the local stack keeps, after asking. */
async function reset() {
  const local = join(root, '.local');
  if (!existsSync(local)) return console.log('There is no .local folder: nothing to delete.');
  const running = runningIn(join(local, 'run'));
  if (running !== undefined) {
    throw new Refusal(
      `A stack is running (${running.name}, process ${running.pid}): stop it first, with Ctrl-C where it runs.`,
    );
  }
  if (!args.includes('--yes') && !(await isConfirmed())) throw new Refusal('Nothing was deleted.');
  rmSync(local, { recursive: true, force: true });
  console.log('Deleted .local: the next start begins with empty engines.');
}

async function isConfirmed() {
  if (!process.stdin.isTTY)
    throw new Refusal('Nobody is here to ask: say `npm run reset -- --yes` to delete .local.');
  const question = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await question.question('Delete .local with all data of the local stack? [y/N] ');
  question.close();
  return /^y(es)?$/i.test(answer.trim());
}

function runningIn(folder) {
  if (!existsSync(folder)) return undefined;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.pid'))) {
    try {
      const { pid, startedAt } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      if (isAlive(pid, startedAt)) return { name: file.replace(/\.pid$/, ''), pid };
    } catch {
      // A pid file that was half written names nobody.
    }
  }
  return undefined;
}

/** A pid alone may have been given to another program since; on Linux its start time tells. */
function isAlive(pid, startedAt) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  if (!existsSync('/proc/self/stat')) return true;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] === startedAt;
}
