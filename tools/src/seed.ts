import { demoAccounts, type DemoAccount } from './stack/demo-accounts.js';
import type { GatewayClient } from './stack/gateway-client.js';

/**
 * Makes the demo accounts through the public API, as an operator would. Each is made only when it is not there, so a
 * start that was interrupted is completed by the next and nothing that somebody changed is ever overwritten.
 * @returns the ids of the accounts that were made.
 */
export async function seed(operator: GatewayClient): Promise<string[]> {
  const made: string[] = [];
  for (const demo of demoAccounts as readonly DemoAccount[]) {
    if (await seedAccount(operator, demo)) made.push(demo.account.id);
  }
  return made;
}

async function seedAccount(
  operator: GatewayClient,
  { account, users, contacts }: DemoAccount,
): Promise<boolean> {
  const path = `/v1/accounts/${account.id}`;
  const there = await operator.call<{ launched?: boolean }>('GET', path, { expect: [200, 404] });
  if (there.status === 200 && (contacts === undefined || there.body.launched === true)) return false;
  if (there.status === 404) await operator.call('POST', '/v1/accounts', { body: account, expect: [201] });

  const userIds: string[] = [];
  for (const user of users) userIds.push(await userId(operator, path, user));
  if (contacts === undefined) return true;

  const information = `${path}/contact-information`;
  const { etag } = await operator.call('GET', information, { expect: [200] });
  await operator.call('PUT', information, {
    body: { ...contacts, alertContacts: { userIds } },
    ...(etag === undefined ? {} : { ifMatch: etag }),
    expect: [200],
  });
  await operator.call('POST', `${path}/launch`, { expect: [200] });
  return true;
}

interface UserList {
  readonly items: readonly { readonly id: string; readonly email: string }[];
}

/** The id of a user of the account, who is made when a first, interrupted seeding has not done so. */
async function userId(
  operator: GatewayClient,
  path: string,
  user: DemoAccount['users'][number],
): Promise<string> {
  const { body: list } = await operator.call<UserList>('GET', `${path}/users`, { expect: [200] });
  const known = list.items.find(({ email }) => email === user.email);
  if (known !== undefined) return known.id;
  const { body } = await operator.call<{ user: { id: string } }>('POST', `${path}/users`, {
    body: user,
    expect: [201],
  });
  return body.user.id;
}
