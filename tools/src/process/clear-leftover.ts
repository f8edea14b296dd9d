import { LocalStackError } from '../local-stack-error.js';
import { readLeftover, removePidFile } from './pid-file.js';
import { isAlive, type ProcessIdentity } from './process-identity.js';
import { signalGroup } from './signal-group.js';
import { until } from './until.js';

/**
 * Makes way for a process that is to be started: what a killed run left behind is ended, by its pid and only
 * when its start time shows that it is the very process we started. Says so in one line.
 * @throws LocalStackError when the run that started it is still alive.
 */
export async function clearLeftover(
  name: string,
  pidFile: string,
  onLine: (line: string) => void,
): Promise<void> {
  const leftover = readLeftover(pidFile);
  switch (leftover.state) {
    case 'none':
      return;
    case 'gone':
      onLine(`${name}: removed a stale pid file (process ${leftover.pid ?? 'unknown'} is gone)`);
      break;
    case 'orphan':
      onLine(`${name}: ending process ${leftover.process.pid}, left over from a run that was killed`);
      await endProcess(leftover.process);
      break;
    case 'in-use':
      throw new LocalStackError(
        'already-running',
        `${name} runs already as process ${leftover.process.pid}, started by process ${leftover.parent.pid}: ` +
          `stop that one first (Ctrl-C where it runs, or kill ${leftover.parent.pid}).`,
      );
  }
  removePidFile(pidFile);
}

async function endProcess(orphan: ProcessIdentity): Promise<void> {
  signalGroup(orphan.pid, 'SIGCONT');
  signalGroup(orphan.pid, 'SIGTERM');
  const isGone = (): boolean => !isAlive(orphan);
  if (await until(isGone, { withinMs: 10_000 })) return;
  signalGroup(orphan.pid, 'SIGKILL');
  await until(isGone, { withinMs: 5_000 });
}
