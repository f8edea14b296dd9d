import { join } from 'node:path';
import { repositoryRoot } from '../paths.js';
import { runProgram } from '../process/run-program.js';
import { demoAccounts } from './demo-accounts.js';

/** Whom stack.json has a sign-in link for: the first operator, and the admins of two demo accounts. */
const demoUsers = ['acme-tours', 'nova-stays'] as const;

/** A link holds for 15 minutes, so that one which is this old is good for a while yet. */
export const linksRenewedEveryMs = 10 * 60_000;

/**
 * Has the registry's own tool make one fresh link for each, usable once. Who is not there any more is left out: somebody
 * may have taken the demo users out of their accounts.
 */
export async function makeSignInLinks(
  env: NodeJS.ProcessEnv,
  { withDemoUsers }: { readonly withDemoUsers: boolean },
): Promise<Record<string, string>> {
  const users = demoAccounts
    .filter(({ account }) => withDemoUsers && (demoUsers as readonly string[]).includes(account.id))
    .map(({ account, users: [user] }) => [account.id, user.email] as const);
  const wanted = [['operator', env['OPERATOR_EMAIL'] ?? ''] as const, ...users];
  const emails = wanted.map(([, email]) => email);
  // One that is not known fails the whole call, and then each is asked for alone.
  const links =
    (await makeLinks(emails, env)) ??
    (await Promise.all(emails.map(async (email) => (await makeLinks([email], env))?.[0])));
  return Object.fromEntries(
    wanted.flatMap(([name], at) => {
      const link = links[at];
      return link === undefined ? [] : [[name, link]];
    }),
  );
}

/** Undefined when one of them is nobody's, or the tool fails otherwise. */
async function makeLinks(
  emails: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<readonly string[] | undefined> {
  const tool = join(repositoryRoot, 'apps/contact-registry/dist/sign-in-links.js');
  const args = [tool, 'create', '--email', ...emails];
  const result = await runProgram(process.execPath, args, { env, cwd: repositoryRoot, timeoutMs: 60_000 });
  const links = result.stdout.trim().split('\n');
  const isWhole =
    result.status === 0 && links.length === emails.length && links.every((link) => URL.canParse(link));
  return isWhole ? links : undefined;
}
