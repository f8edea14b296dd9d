import { randomUUID } from 'node:crypto';
import { systemClock, type SigningKeys } from '@signalbox/runtime';
import type { Connection } from 'mongoose';
import { accountMailModel } from '@signalbox/persistence';
import {
  accountMailsIn,
  aRegistry,
  askedBy,
  encryption,
  hash,
  makeAccount,
  openRegistryDatabase,
  recordingPublisher,
  silent,
} from '../registry-under-test.spec.js';
import { AskForSignIn } from './ask-for-sign-in.js';
import { ConfirmSignIn, type SignIn } from './confirm-sign-in.js';
import { EndSessions } from './end-sessions.js';
import { openSignIn } from './open-sign-in.js';
import { People } from './people.js';
import { signInCollections } from './sign-in-library.js';
import { signInLinkModel } from './sign-in-link-document.js';
import { StaffStore } from './staff-store.js';
import { VerifySession } from './verify-session.js';

let connection: Connection;
let access: Awaited<ReturnType<typeof openAccess>>;
const registry = () => aRegistry(connection, recordingPublisher());

beforeAll(async () => {
  connection = await openRegistryDatabase();
  access = await openAccess();
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

/** All of signing in as one registry process has it. */
async function openAccess(signingKeys: SigningKeys = { current: 'a signing key of 32 characters or more' }) {
  const staff = new StaffStore(connection);
  await staff.createIndexes();
  const publicUrl = 'http://127.0.0.1:8080';
  const { links, sessions, identities } = await openSignIn({
    connection,
    signingKeys,
    publicUrl,
    log: silent,
  });
  const people = new People(registry().store, staff);
  const usual = { people, log: silent };
  return {
    staff,
    links,
    ask: new AskForSignIn({ ...usual, links, mails: accountMailsIn(connection), hash }),
    confirm: new ConfirmSignIn({ ...usual, links, sessions, clock: systemClock }),
    verify: new VerifySession(sessions, people),
    end: new EndSessions({ sessions, identities, log: silent }),
  };
}

/** A user of an account of their own. */
async function makeUser(email = `ana-${randomUUID().slice(0, 8)}@acme.example`) {
  const account = await makeAccount(registry());
  const { userId } = await registry().users.add(
    account,
    { email, role: 'admin', language: 'pt-BR' },
    askedBy('spec'),
  );
  return { account, user: userId, email, mailbox: email.toLowerCase() };
}

async function ask(email: string): Promise<void> {
  access.ask.execute(email);
  await access.ask.settled();
}

const mailsTo = (address: string) => accountMailModel(connection).find({ address }).lean().exec();

/** The token of the one link that was mailed to the address. */
async function mailedToken(address: string): Promise<string> {
  const [mail, ...others] = await mailsTo(address);
  expect(others).toEqual([]);
  const opened = encryption.open(mail?.sealedSecret ?? '', mail?._id ?? '');
  if (!opened.ok) throw new Error('the mail holds no secret that opens');
  return opened.text;
}

async function signIn(mailbox: string, before?: string) {
  const { token } = await access.links.make(mailbox);
  return signedIn(await access.confirm.execute(token, before));
}

function signedIn(result: SignIn): Extract<SignIn, { kind: 'signed-in' }> {
  if (result.kind !== 'signed-in') throw new Error(`refused: ${result.why}`);
  return result;
}

/** Every document of the database, as text. */
async function everything(): Promise<string> {
  const collections = (await connection.db?.collections()) ?? [];
  const found = await Promise.all(
    collections.map(async (each) => [each.collectionName, await each.find().sort({ _id: 1 }).toArray()]),
  );
  return JSON.stringify(found.sort());
}

describe('asking for a link', () => {
  it('creates nobody and nothing for an address that is not known', async () => {
    await makeUser();
    const before = await everything();
    await ask('nobody@elsewhere.example');
    await ask('nobody@ELSEWHERE.example');
    expect(await everything()).toBe(before);
  });

  it('mails it to the address as the account has it, in its language, however it was written', async () => {
    const { account, email } = await makeUser(`Ana.${randomUUID().slice(0, 8)}@acme.example`);
    await ask(email.toUpperCase());
    const [mail] = await mailsTo(email);
    expect(mail).toMatchObject({ kind: 'sign-in-link', language: 'pt-BR', account: { id: account } });
  });

  it('leaves its token nowhere in the database, but sealed in the mail', async () => {
    const { email } = await makeUser();
    await ask(email);
    const token = await mailedToken(email);
    expect(await everything()).not.toContain(token);
    signedIn(await access.confirm.execute(token));
    expect(await everything()).not.toContain(token);
  });

  it('mails one address no more than five times, even when all is asked at once', async () => {
    const { email } = await makeUser();
    for (let time = 0; time < 20; time += 1) access.ask.execute(email);
    await access.ask.settled();
    expect(await mailsTo(email)).toHaveLength(5);
  });

  it('mails one address still, when somebody else has asked for it from their network all day', async () => {
    const { email } = await makeUser();
    for (let time = 0; time < 20; time += 1) access.ask.execute(email, `2001:db8:0:1::${time}`);
    await access.ask.settled();
    const before = (await mailsTo(email)).length;
    access.ask.execute(email, '192.0.2.7');
    await access.ask.settled();
    expect([before, (await mailsTo(email)).length]).toEqual([3, 4]);
  });

  it.each(["o'neil/x@acme.example", '{ops}@acme.xn--p1ai', 'a_b+c@sub.acme.example'])(
    'works for %s, which mail servers take',
    async (email) => {
      await makeUser(email);
      await ask(email);
      expect(signedIn(await access.confirm.execute(await mailedToken(email))).view).toMatchObject({ email });
    },
  );
});

describe('a link', () => {
  it('signs in exactly one of twenty who use it at once, and tells the others that it was used', async () => {
    const { mailbox } = await makeUser();
    const { token } = await access.links.make(mailbox);
    const results = await Promise.all(Array.from({ length: 20 }, () => access.confirm.execute(token)));
    expect(results.filter(({ kind }) => kind === 'signed-in')).toHaveLength(1);
    const refused = results.filter((result) => result.kind === 'refused');
    expect(refused.map(({ why }) => why)).toEqual(Array(19).fill('used'));
  });

  it('that has run out says so, and one that nobody made says that', async () => {
    const { mailbox } = await makeUser();
    const { token } = await access.links.make(mailbox);
    await letLinksRunOut();
    expect(await access.confirm.execute(token)).toEqual({ kind: 'refused', why: 'expired' });
    expect(await access.confirm.execute('x'.repeat(32))).toEqual({ kind: 'refused', why: 'unknown' });
  });

  it('that was used says so after it has run out, too', async () => {
    const { mailbox } = await makeUser();
    const { token } = await access.links.make(mailbox);
    signedIn(await access.confirm.execute(token));
    await letLinksRunOut();
    expect(await access.confirm.execute(token)).toEqual({ kind: 'refused', why: 'used' });
  });

  it('signs nobody in who has left meanwhile', async () => {
    const { account, user, mailbox } = await makeUser();
    const { token } = await access.links.make(mailbox);
    await registry().users.remove(account, user, askedBy('spec'));
    expect(await access.confirm.execute(token)).toEqual({ kind: 'refused', why: 'expired' });
    const sessions = connection.db?.collection(signInCollections.session);
    const identity = await connection.db?.collection(signInCollections.user).findOne({ mailbox });
    expect(await sessions?.countDocuments({ userId: identity?._id })).toBe(0);
  });
});

async function letLinksRunOut(): Promise<void> {
  const past = { $set: { expiresAt: new Date(0) } };
  await connection.db?.collection(signInCollections.verification).updateMany({}, past);
  await signInLinkModel(connection).updateMany({}, past);
}

describe('a session', () => {
  it('is of who owns the address: their accounts, roles, and what is missing there', async () => {
    const { account, user, email, mailbox } = await makeUser();
    const { cookie, view } = await signIn(mailbox);
    expect(view).toMatchObject({
      kind: 'portal-user',
      email,
      accounts: [{ account, user, role: 'admin', language: expect.any(String) as string }],
    });
    const verdict = await access.verify.execute(cookie);
    if (!verdict.known || verdict.principal.kind !== 'portal-user') throw new Error(JSON.stringify(verdict));
    const [membership] = verdict.principal.memberships;
    expect(membership).toMatchObject({ account, user, role: 'admin' });
    expect(membership?.missing.production).toContain('alertContacts');
    expect(membership?.missing.sandbox).not.toContain('alertContacts');
  });

  it('of somebody of the platform is a staff session, whatever accounts have them as a user', async () => {
    const { email, mailbox } = await makeUser();
    await access.staff.ensureOperator(email);
    await access.staff.ensureOperator(email.toUpperCase());
    const { cookie } = await signIn(mailbox);
    expect(await access.verify.execute(cookie)).toMatchObject({
      known: true,
      principal: { kind: 'staff', role: 'operator' },
    });
  });

  it('is another one at each sign-in, and the one that the browser had before is over', async () => {
    const { mailbox } = await makeUser();
    const first = await signIn(mailbox);
    const elsewhere = await signIn(mailbox);
    const second = await signIn(mailbox, first.cookie);
    expect(new Set([first.cookie, elsewhere.cookie, second.cookie]).size).toBe(3);
    expect(await access.verify.execute(first.cookie)).toEqual({ known: false });
    expect(await access.verify.execute(elsewhere.cookie)).toMatchObject({ known: true });
    expect(await access.verify.execute(second.cookie)).toMatchObject({ known: true });
  });

  it('that signs out is over, and the others of its owner go on until they sign out everywhere', async () => {
    const { mailbox } = await makeUser();
    const [first, second, third] = [await signIn(mailbox), await signIn(mailbox), await signIn(mailbox)];
    await access.end.one(first.cookie);
    const known = async () =>
      (await Promise.all([first, second, third].map(({ cookie }) => access.verify.execute(cookie)))).map(
        (verdict) => verdict.known,
      );
    expect(await known()).toEqual([false, true, true]);
    await access.end.all(second.cookie);
    expect(await known()).toEqual([false, false, false]);
  });

  it('is none any more once its owner is a user of no account', async () => {
    const { account, user, mailbox } = await makeUser();
    const { cookie } = await signIn(mailbox);
    await registry().users.remove(account, user, askedBy('spec'));
    expect(await access.verify.execute(cookie)).toEqual({ known: false });
  });

  it.each(['', 'x', 'made-up.signature', `${'a'.repeat(32)}.${'A'.repeat(43)}=`, 'a%zz', '"', 'a;b=c'])(
    'is not what anybody makes up: %j',
    async (cookie) => {
      expect(await access.verify.execute(cookie)).toEqual({ known: false });
    },
  );

  it('outlives a change of keys, with a cookie signed anew, while the previous key is known', async () => {
    const { mailbox } = await makeUser();
    const { cookie } = await signIn(mailbox);
    const [current, previous] = [
      'another signing key of 32 characters',
      'a signing key of 32 characters or more',
    ];
    const changed = await openAccess({ current, previous });
    const verdict = await changed.verify.execute(cookie);
    if (!verdict.known || verdict.renewed === undefined) throw new Error(JSON.stringify(verdict));
    const later = await openAccess({ current });
    expect(await later.verify.execute(verdict.renewed)).toMatchObject({ known: true });
    expect(await later.verify.execute(cookie)).toEqual({ known: false });
  });

  it('that is used is renewed for seven days, and its cookie with it', async () => {
    const { mailbox } = await makeUser();
    const { cookie } = await signIn(mailbox);
    expect(await access.verify.execute(cookie)).not.toHaveProperty('renewed');
    const sessions = connection.db?.collection(signInCollections.session);
    const inTwoDays = new Date(Date.now() + 2 * 24 * 60 * 60_000);
    await sessions?.updateMany({}, { $set: { expiresAt: inTwoDays } });
    expect(await access.verify.execute(cookie)).toMatchObject({ known: true, renewed: cookie });
    expect(
      await sessions?.countDocuments({ expiresAt: { $gt: new Date(Date.now() + 6 * 24 * 60 * 60_000) } }),
    ).toBe(1);
  });
});
