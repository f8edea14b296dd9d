import { randomUUID } from 'node:crypto';
import { InvitationList, InvitationView, type Principal, type UserRole } from '@signalbox/contracts';
import { addressHashParts } from '@signalbox/domain';
import { accountMailModel } from '@signalbox/persistence';
import { sha256Hex } from '@signalbox/runtime';
import { operatorKey as operator, useRegistryOverHttp } from '../registry-over-http.spec.js';
import {
  aRegistry,
  askedBy,
  encryption,
  hash,
  makeAccount,
  storedAccount,
} from '../registry-under-test.spec.js';
import { invitationModel } from './invitation-document.js';
import { InvitationStore } from './invitation-store.js';

const registry = useRegistryOverHttp();
const connection = () => registry().connection;
const topic = () => registry().topic;
const underTest = () => aRegistry(connection(), topic());

interface Call {
  readonly as?: Principal;
  readonly body?: unknown;
  readonly cookie?: string;
  readonly from?: string;
}

async function call(method: string, path: string, { cookie, from, ...options }: Call = {}) {
  const headers = {
    ...(cookie !== undefined && { cookie }),
    ...(from !== undefined && { 'x-forwarded-for': from }),
  };
  const answer = await registry().call(method, path, { ...options, headers });
  const json = (answer.json ?? {}) as { readonly code?: string; readonly [key: string]: unknown };
  const [setCookie, retryAfter] = ['set-cookie', 'retry-after'].map((name) => answer.headers.get(name));
  return { status: answer.status, json, code: json.code, setCookie, retryAfter };
}

/** An account with a user of this role; its gate is closed, since nothing is filled in. */
async function makeAccountWith(role: UserRole) {
  const account = await makeAccount(underTest());
  const added = await addUser(account, role);
  return { account, ...added };
}

async function addUser(account: string, role: UserRole) {
  const email = `u-${randomUUID().slice(0, 8)}@acme.example`;
  const wanted = { email, role, language: 'en', name: 'Ana' };
  const { userId } = await underTest().users.add(account, wanted, askedBy('spec'));
  return { user: userId, email, as: portalUser(account, userId, role) };
}

const portalUser = (account: string, user: string, role: UserRole): Principal => ({
  kind: 'portal-user',
  id: `identity of ${user}`,
  memberships: [{ account, user, role, missing: { sandbox: [], production: [] } }],
});

/** Everything that both environments require, so that the gate opens. */
async function openGate(account: string, alertContact: string): Promise<void> {
  const one = { addresses: [{ email: 'page@acme.example' }] };
  const saved = await underTest().save.execute({
    account,
    environment: 'production',
    mode: 'replace',
    body: {
      alertContacts: { userIds: [alertContact] },
      ...{ technicalEmergency: one, technicalNonEmergency: one, operationalInternal: one },
      operationalShared: { email: 'help@acme.example', isBrandSupportAlias: true },
      operationalSupport: {
        hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'UTC' }],
      },
    },
    matches: () => true,
    asker: askedBy('spec'),
  });
  expect(saved.kind).toBe('done');
}

const someone = (role: UserRole = 'member') => ({
  email: `new-${randomUUID().slice(0, 8)}@acme.example`,
  role,
});
const invite = (account: string, as: Principal, body: object, query = '') =>
  call('POST', `/v1/accounts/${account}/invitations${query}`, { as, body });
const accept = (token: string) =>
  call('POST', '/v1/invitations/accept', {
    as: { kind: 'anonymous' },
    body: { token },
    from: '192.0.2.7',
  });

/** The tokens that were mailed to an address, the newest first. */
async function mailedTokens(address: string): Promise<string[]> {
  const mails = await accountMailModel(connection())
    .find({ address, kind: 'invitation' })
    .sort({ createdAt: -1 })
    .lean();
  return mails.map(({ _id, sealedSecret }) => {
    const opened = encryption.open(sealedSecret ?? '', _id);
    if (!opened.ok) throw new Error('the mail holds no secret that opens');
    return opened.text;
  });
}

describe('inviting', () => {
  it.each<[UserRole, UserRole, number, number]>([
    // as, whom, while the gate is closed, once it is open
    ['admin', 'admin', 201, 201],
    ['admin', 'member', 201, 201],
    ['member', 'member', 201, 403],
    ['member', 'admin', 403, 403],
  ])('as %s, a new %s: %i while the gate is closed, %i once it is open', async (role, whom, closed, open) => {
    const { account, user, as } = await makeAccountWith(role);
    expect((await invite(account, as, someone(whom))).status).toBe(closed);
    await openGate(account, user);
    expect((await invite(account, as, someone(whom))).status).toBe(open);
  });

  it('looks at the gate of the environment in use', async () => {
    const { account, user, as } = await makeAccountWith('member');
    await openGate(account, user);
    // Without alert contacts production's gate is closed and sandbox's, which has none, is open.
    await underTest().save.execute({
      ...{ account, environment: 'production', mode: 'merge', matches: () => true, asker: askedBy('spec') },
      body: { alertContacts: { userIds: [] } },
    });
    expect((await invite(account, as, someone(), '?environment=sandbox')).status).toBe(403);
    expect((await invite(account, as, someone(), '?environment=production')).status).toBe(201);
  });

  it('is refused for who is a user already, however the address is written', async () => {
    const { account, email, as } = await makeAccountWith('admin');
    expect(await invite(account, as, { email: email.toUpperCase() })).toMatchObject({
      status: 409,
      code: 'user-exists',
    });
  });

  it('of an account of others finds nothing', async () => {
    const { as } = await makeAccountWith('admin');
    const { account } = await makeAccountWith('admin');
    expect((await invite(account, as, someone())).status).toBe(404);
  });

  it('leaves the token nowhere in the database, and mails it with the inviter’s name', async () => {
    const { account, email, as } = await makeAccountWith('admin');
    const wanted = someone();
    await invite(account, as, wanted);
    const [token = ''] = await mailedTokens(wanted.email);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const [mail] = await accountMailModel(connection()).find({ address: wanted.email }).lean();
    expect(mail).toMatchObject({ facts: { by: 'Ana', role: 'member' }, account: { id: account } });
    expect(mail?.askerHash).toBe(hash(addressHashParts(email)));
    const stored = await invitationModel(connection()).find().lean();
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  it('by an operator is mailed in the name of the platform', async () => {
    const { account } = await makeAccountWith('admin');
    const wanted = someone();
    await invite(account, operator, wanted);
    const [mail] = await accountMailModel(connection()).find({ address: wanted.email }).lean();
    expect(mail?.facts).toEqual({ by: 'Signalbox', role: 'member' });
  });

  it('mails an address at most five times an hour, whichever call asks, and says when it does again', async () => {
    const { account, as } = await makeAccountWith('admin');
    const wanted = someone();
    const { json } = await invite(account, as, wanted);
    const { id } = InvitationView.parse(json);
    const resend = () => call('POST', `/v1/accounts/${account}/invitations/${id}/resend`, { as });
    for (let sent = 1; sent < 5; sent += 1) expect((await resend()).status).toBe(200);
    const asks = [
      resend(),
      invite(account, as, wanted),
      call('POST', `/v1/accounts/${account}/users`, { as, body: wanted }),
    ];
    for (const { status, code, retryAfter } of await Promise.all(asks)) {
      expect([status, code]).toEqual([429, 'too-many-requests']);
      expect(Number(retryAfter)).toBeGreaterThan(0);
      expect(Number(retryAfter)).toBeLessThanOrEqual(3_600);
    }
    expect(await mailedTokens(wanted.email)).toHaveLength(5);
  });
});

describe('an invitation', () => {
  it('that is accepted makes a user, publishes a version with them, and signs them in; once', async () => {
    const { account, as } = await makeAccountWith('admin');
    const wanted = someone('admin');
    await invite(account, as, wanted);
    const before = (await storedAccount(connection(), account)).version;
    const [token = ''] = await mailedTokens(wanted.email);
    const accepted = await accept(token);
    expect(accepted).toMatchObject({
      status: 200,
      json: { kind: 'portal-user', email: wanted.email, accounts: [{ account, role: 'admin' }] },
    });
    expect(accepted.setCookie).toMatch(
      /^signalbox_session=\S+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect((await storedAccount(connection(), account)).version).toBe(before + 1);
    expect(topic().versionsOf(account)).toContain(before + 1);
    expect(await accept(token)).toMatchObject({ status: 410, code: 'invitation-accepted' });
  });

  it('is accepted by whoever it was sent to, from where they are, as the history tells', async () => {
    const { account, as } = await makeAccountWith('admin');
    const wanted = someone();
    await invite(account, as, wanted);
    const [token = ''] = await mailedTokens(wanted.email);
    await accept(token);
    const { users } = await storedAccount(connection(), account);
    const user = users.find(({ email }) => email === wanted.email);
    const history = await call('GET', `/v1/accounts/${account}/contact-information/history`, {
      as: operator,
    });
    const [newest] = history.json['items'] as readonly unknown[];
    const actor = { kind: 'portal-user', id: user?.id };
    expect(newest).toMatchObject({ changed: ['users'], from: '192.0.2.7', actor });
  });

  it('whose acceptance ended half way, with its process, is accepted by the same link', async () => {
    const { account, as } = await makeAccountWith('admin');
    const wanted = someone();
    await invite(account, as, wanted);
    const [token = ''] = await mailedTokens(wanted.email);
    const store = new InvitationStore(connection());
    const claimed = await store.claim(sha256Hex(token)); // And the process is no more.
    expect(claimed).toMatchObject({ email: wanted.email });
    expect(await accept(token)).toMatchObject({ status: 410, code: 'invitation-accepted' });
    await invitationModel(connection()).updateOne(
      { _id: claimed?._id },
      { $set: { claimedUntil: new Date(0) } },
    );
    expect(await accept(token)).toMatchObject({ status: 200, json: { accounts: [{ account }] } });
    expect(await accept(token)).toMatchObject({ status: 410, code: 'invitation-accepted' });
  });

  it('is accepted by one of ten at once', async () => {
    const { account, as } = await makeAccountWith('admin');
    const wanted = someone();
    await invite(account, as, wanted);
    const [token = ''] = await mailedTokens(wanted.email);
    const statuses = (await Promise.all(Array.from({ length: 10 }, () => accept(token)))).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([200, ...(Array(9).fill(410) as number[])]);
    const users = (await storedAccount(connection(), account)).users.filter(
      ({ email }) => email === wanted.email,
    );
    expect(users).toHaveLength(1);
  });

  it('that is sent again has a new link, and the old one no longer holds', async () => {
    const { account, as } = await makeAccountWith('admin');
    const wanted = someone();
    const { id } = InvitationView.parse((await invite(account, as, wanted)).json);
    const resend = `/v1/accounts/${account}/invitations/${id}/resend`;
    expect((await call('POST', resend, { as })).status).toBe(200);
    const [newest = '', first = ''] = await mailedTokens(wanted.email);
    expect(newest).not.toBe(first);
    expect(await accept(first)).toMatchObject({ status: 404, code: 'invitation-unknown' });
    expect((await accept(newest)).status).toBe(200);
    expect(await call('POST', resend, { as })).toMatchObject({ status: 410, code: 'invitation-accepted' });
  });

  it('that was taken back, or has run out, says so', async () => {
    const { account, as } = await makeAccountWith('admin');
    const [one, other] = [someone(), someone()];
    const { id } = InvitationView.parse((await invite(account, as, one)).json);
    await invite(account, as, other);
    expect((await call('DELETE', `/v1/accounts/${account}/invitations/${id}`, { as })).status).toBe(200);
    const [revoked = ''] = await mailedTokens(one.email);
    expect(await accept(revoked)).toMatchObject({ status: 410, code: 'invitation-revoked' });
    await invitationModel(connection()).updateOne(
      { email: other.email },
      { $set: { expiresAt: new Date(0) } },
    );
    const [expired = ''] = await mailedTokens(other.email);
    expect(await accept(expired)).toMatchObject({ status: 410, code: 'invitation-expired' });
    const list = InvitationList.parse(
      (await call('GET', `/v1/accounts/${account}/invitations`, { as })).json,
    );
    expect(list.items.map(({ state }) => state)).toEqual(['expired', 'revoked']);
  });

  it('of an address that is invited anew is taken back: one link holds at a time', async () => {
    const { account, as } = await makeAccountWith('admin');
    const wanted = someone();
    await invite(account, as, wanted);
    await invite(account, as, wanted);
    const [newest = '', first = ''] = await mailedTokens(wanted.email);
    expect(await accept(first)).toMatchObject({ code: 'invitation-revoked' });
    expect((await accept(newest)).status).toBe(200);
  });

  it('of a mailbox that is written otherwise is taken back too', async () => {
    const { account, as } = await makeAccountWith('admin');
    const wanted = someone();
    const inCapitals = { email: wanted.email.replace('new', 'New'), role: 'admin' };
    await invite(account, as, inCapitals);
    await invite(account, as, wanted);
    const [first = ''] = await mailedTokens(inCapitals.email);
    expect(await accept(first)).toMatchObject({ code: 'invitation-revoked' });
  });

  it('does not give access back to somebody who was removed', async () => {
    const { account, as } = await makeAccountWith('admin');
    const wanted = someone('admin');
    await invite(account, as, wanted);
    const added = await call('POST', `/v1/accounts/${account}/users`, {
      body: { ...wanted, role: 'member' },
    });
    const { id } = added.json.user as { id: string };
    const removed = await call('DELETE', `/v1/accounts/${account}/users/${id}`, { as });
    expect([added.status, removed.status]).toEqual([201, 200]);
    const [token = ''] = await mailedTokens(wanted.email);
    expect(await accept(token)).toMatchObject({ code: 'invitation-revoked' });
  });
});

describe('access that a portal user gives', () => {
  it('is an invitation, whoever has the address, and nobody’s before they accept it', async () => {
    const own = await makeAccountWith('admin');
    const elsewhere = await makeAccountWith('member');
    const people = [someone(), { email: elsewhere.email, role: 'member' }];
    const answers = await Promise.all(
      people.map((body) => call('POST', `/v1/accounts/${own.account}/users`, { as: own.as, body })),
    );
    for (const [at, { status, json }] of answers.entries()) {
      expect([status, Object.keys(json)]).toEqual([201, ['invitation']]);
      expect(json.invitation).toMatchObject({ ...people[at], state: 'open' });
    }
    const { users } = await storedAccount(connection(), own.account);
    expect(users.map(({ email }) => email)).toEqual([own.email]);
    const [token = ''] = await mailedTokens(elsewhere.email);
    const accepted = await accept(token);
    const names = (accepted.json.accounts as { account: string }[]).map((each) => each.account);
    expect(names.sort()).toEqual([own.account, elsewhere.account].sort());
  });

  it('does not move to another mailbox with a change of an address; an operator moves it', async () => {
    const { account, user, as } = await makeAccountWith('admin');
    const path = `/v1/accounts/${account}/users/${user}`;
    const body = { email: someone().email };
    expect(await call('PATCH', path, { as, body })).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await call('PATCH', path, { body })).status).toBe(200);
  });
});

describe('a user', () => {
  const change = (account: string, user: string, as: Principal, body: object) =>
    call('PATCH', `/v1/accounts/${account}/users/${user}`, { as, body });

  it('who is an alert contact is published anew with a new address or language', async () => {
    const { account, user, as } = await makeAccountWith('admin');
    await openGate(account, user);
    const moved = { email: `moved-${user.slice(0, 8)}@acme.example` };
    for (const [by, body] of [[operator, moved] as const, [as, { language: 'pt-BR' }] as const]) {
      const { status, json } = await change(account, user, by, body);
      expect({ status, inForce: json.inForce }).toEqual({ status: 200, inForce: true });
      const published = topic().sent.findLast((each) => each.account === account);
      expect(published).toMatchObject({
        version: json.version,
        contacts: { alertContacts: [{ userId: user, ...body }] },
      });
    }
  });

  it('who is a member changes their own name and language, and nothing else of anybody', async () => {
    const { account, user, as } = await makeAccountWith('member');
    const other = await addUser(account, 'admin');
    expect((await change(account, user, as, { name: 'Bea', language: 'es' })).status).toBe(200);
    for (const body of [{ role: 'admin' }, { email: 'x@acme.example' }, { name: 'C', role: 'member' }]) {
      expect(await change(account, user, as, body)).toMatchObject({ status: 403, code: 'forbidden' });
    }
    expect((await change(account, other.user, as, { name: 'Bea' })).status).toBe(403);
  });

  it('who is the last admin is kept by the account, and not by an operator', async () => {
    const { account, user, as } = await makeAccountWith('admin');
    expect(await change(account, user, as, { role: 'member' })).toMatchObject({
      status: 409,
      code: 'last-admin',
    });
    const path = `/v1/accounts/${account}/users/${user}`;
    expect(await call('DELETE', path, { as })).toMatchObject({ status: 409, code: 'last-admin' });
    await addUser(account, 'admin');
    expect((await change(account, user, as, { role: 'member' })).status).toBe(200);
    expect((await call('DELETE', path)).status).toBe(200);
    const { account: another, user: only } = await makeAccountWith('admin');
    expect((await call('DELETE', `/v1/accounts/${another}/users/${only}`)).status).toBe(200);
  });

  it('cannot take an address that another user has', async () => {
    const { account, user } = await makeAccountWith('admin');
    const { email } = await addUser(account, 'member');
    expect(await change(account, user, operator, { email: email.toUpperCase() })).toMatchObject({
      code: 'user-exists',
    });
  });
});

describe('the staff', () => {
  it('keeps one operator, and who is removed is signed out', async () => {
    const { json: list } = await call('GET', '/v1/staff');
    const [first] = list.items as { id: string; email: string; role: string }[];
    expect(first).toMatchObject({ email: 'operator@signalbox.example', role: 'operator' });
    expect(await call('DELETE', `/v1/staff/${first?.id}`)).toMatchObject({
      status: 409,
      code: 'last-operator',
    });

    const body = { email: 'olga@signalbox.example', name: 'Olga', role: 'operator' };
    const added = await call('POST', '/v1/staff', { body });
    expect(added).toMatchObject({ status: 201, json: body });
    expect(await call('POST', '/v1/staff', { body })).toMatchObject({ status: 409, code: 'staff-exists' });
    expect((await call('DELETE', `/v1/staff/${String(added.json.id)}`)).status).toBe(204);
    expect((await call('DELETE', `/v1/staff/${String(added.json.id)}`)).status).toBe(404);
  });

  it('is for operators alone', async () => {
    const support: Principal = { kind: 'staff', id: 's', name: 'Sam', role: 'support' };
    const limited: Principal = { ...operator, limits: { accounts: ['acme'] } };
    for (const as of [support, limited, portalUser('acme', 'u', 'admin')])
      expect((await call('GET', '/v1/staff', { as })).status).toBe(403);
  });
});
