import { join } from 'node:path';
import { LocalStackError } from '../local-stack-error.js';
import { repositoryRoot } from '../paths.js';
import { runProgram } from '../process/run-program.js';
import type { ApiKeys } from './secrets.js';

const scopes = { sender: 'events:send', operator: 'operator', support: 'support' } as const satisfies Record<
  keyof ApiKeys,
  string
>;

/** Has the registry's own tool make one key for each of the three kinds of caller; only their hashes are stored. */
export async function makeApiKeys(env: NodeJS.ProcessEnv): Promise<ApiKeys> {
  const make = async (name: keyof ApiKeys): Promise<string> => {
    const tool = join(repositoryRoot, 'apps/contact-registry/dist/api-keys.js');
    const args = [tool, 'create', '--name', name, '--scopes', scopes[name]];
    const result = await runProgram(process.execPath, args, { env, cwd: repositoryRoot, timeoutMs: 60_000 });
    const key = result.stdout.trim();
    if (result.status === 0 && /^sbx_\S+$/.test(key)) return key;
    throw new LocalStackError(
      'step-failed',
      `Making the API key "${name}" failed: ${result.stderr.trim() || key}`,
    );
  };
  const [sender, operator, support] = await Promise.all([make('sender'), make('operator'), make('support')]);
  return { sender, operator, support };
}
