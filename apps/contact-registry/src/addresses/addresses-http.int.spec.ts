import { randomUUID } from 'node:crypto';
import { AddressList, Readiness, type AccountMail, type Principal } from '@signalbox/contracts';
import { addressHashParts } from '@signalbox/domain';
import { accountMailModel } from '@signalbox/persistence';
import { eventually } from '@signalbox/testing';
import { accountModel } from '../accounts/account-document.js';
import { useRegistryOverHttp } from '../registry-over-http.spec.js';
import { encryption, hash } from '../registry-under-test.spec.js';
import { confirmationModel } from './confirmation-document.js';

const nobody: Principal = { kind: 'anonymous' };
const registry = useRegistryOverHttp();

async function call(method: string, path: string, body?: unknown, as?: Principal) {
  const answer = await registry().call(method, path, {
    ...(body !== undefined && { body }),
    ...(as !== undefined && { as }),
    headers: { 'if-match': '*' },
  });
  return { ...answer, json: answer.json as { code?: string } & Record<string, unknown> };
}

/** An account with an address that stands in two fields, and one that stands in one. */
async function anAccount(integrationType = 'ordering') {
  const id = `acme-${randomUUID().slice(0, 8)}`;
  await call('POST', '/v1/accounts', { id, name: 'Acme', integrationType, locale: 'pt-BR' });
  const page = `page@${id}.example`;
  const dev = `dev@${id}.example`;
  const saved = await call('PATCH', `/v1/accounts/${id}/contact-information`, {
    technicalEmergency: { addresses: [{ email: page, label: 'Page' }, { email: page.toUpperCase() }] },
    technicalNonEmergency: { addresses: [{ email: dev }, { email: page }] },
  });
  expect(saved.status).toBe(200);
  return { id, page, dev, path: `/v1/accounts/${id}/contact-information` };
}

const addressesIn = async (path: string) =>
  AddressList.parse((await call('GET', `${path}/addresses`)).json).items;
const adviceIn = async (path: string) => {
  const { json } = await call('GET', path.replace('contact-information', 'readiness'));
  return Readiness.parse(json).advice.map(({ field, code }) => [field, code]);
};
const mailsTo = (address: string) =>
  accountMailModel(registry().connection)
    .find({ addressHash: hash(addressHashParts(address)) })
    .lean<AccountMail[]>();
const endMail = (_id: string, end: Partial<AccountMail>) =>
  accountMailModel(registry().connection).updateOne({ _id }, { $set: { settledAt: new Date(), ...end } });

function tokenOf({ sealedSecret, _id }: AccountMail): string {
  const opened = encryption.open(sealedSecret ?? '', _id);
  if (!opened.ok) throw new Error(opened.why);
  return opened.text;
}

describe('the addresses of an account', () => {
  it('are shown where they stand, unconfirmed at first, and the lists are told', async () => {
    const { id, path, page, dev } = await anAccount();
    const items = await addressesIn(path);
    expect(items.map(({ field, email, state }) => [field, email.toLowerCase(), state])).toEqual([
      ['technicalEmergency', page, 'unconfirmed'],
      ['technicalEmergency', page, 'unconfirmed'],
      ['technicalNonEmergency', dev, 'unconfirmed'],
      ['technicalNonEmergency', page, 'unconfirmed'],
    ]);
    expect(items[0]).toMatchObject({ label: 'Page', confirmedAt: null, lastTest: null });
    await eventually(async () => {
      const account = await accountModel(registry().connection).findById(id).lean();
      return account?.listing?.addressStates.join() === 'unconfirmed';
    });
  });

  it('of an account that is not there are a 404', async () => {
    expect(await call('GET', '/v1/accounts/nobody/contact-information/addresses')).toMatchObject({
      status: 404,
      json: { code: 'not-found' },
    });
  });
});

describe('an address is confirmed', () => {
  async function asked() {
    const account = await anAccount();
    const answer = await call('POST', `${account.path}/addresses/confirmation`, { email: account.page });
    expect(answer.status).toBe(202);
    const [mail] = await mailsTo(account.page);
    if (mail === undefined) throw new Error('no mail was stored');
    return { ...account, mail, token: tokenOf(mail) };
  }

  it('by the token of the mail, once of 20 at the same time, and the lists are told', async () => {
    const { id, path, page, token, mail } = await asked();
    expect(mail).toMatchObject({
      kind: 'address-confirmation',
      address: page,
      language: 'pt-BR',
      facts: { by: 'Signalbox', field: 'technicalEmergency' },
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('POST', '/v1/addresses/confirm', { token }, nobody)),
    );
    expect(answers.filter(({ status }) => status === 200).map(({ json }) => json)).toEqual([
      { accountName: 'Acme', confirmedAt: expect.any(String) as string },
    ]);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(({ status, json }) => [status, json.code])).toEqual(
      refused.map(() => [410, 'confirmation-link-used']),
    );
    const states = (await addressesIn(path)).map(({ email, state }) => [email.toLowerCase() === page, state]);
    expect(states).toEqual([
      [true, 'confirmed'],
      [true, 'confirmed'],
      [false, 'unconfirmed'],
      [true, 'confirmed'],
    ]);
    await eventually(async () => {
      const account = await accountModel(registry().connection).findById(id).lean();
      return account?.listing?.addressStates.join() === 'confirmed,unconfirmed';
    });
  });

  it('by no link that has run out or that nobody sent, and each says so', async () => {
    const { token, path } = await asked();
    await confirmationModel(registry().connection).updateMany({}, { $set: { expiresAt: new Date(0) } });
    const confirm = async (body: unknown) => {
      const { status, json } = await call('POST', '/v1/addresses/confirm', body, nobody);
      return [status, json.code];
    };
    expect(await confirm({ token })).toEqual([410, 'confirmation-link-expired']);
    expect(await confirm({ token: `${token}x` })).toEqual([404, 'confirmation-link-unknown']);
    expect(await confirm({ token: { $ne: '' } })).toEqual([400, 'invalid-request']);
    expect((await addressesIn(path)).map(({ state }) => state)).not.toContain('confirmed');
  });

  it('by no link whose address has left the contact information, used or not, until it is back', async () => {
    const { token, path, dev, page } = await asked();
    const save = (addresses: readonly string[]) =>
      call('PATCH', path, {
        technicalEmergency: { addresses: [{ email: dev }] },
        technicalNonEmergency: { addresses: addresses.map((email) => ({ email })) },
      });
    const confirm = async () => {
      const { status, json } = await call('POST', '/v1/addresses/confirm', { token }, nobody);
      return [status, json.code];
    };
    await save([dev]);
    expect(await confirm()).toEqual([410, 'address-not-in-use']);
    await save([dev, page]);
    expect(await addressesIn(path)).toContainEqual(
      expect.objectContaining({ email: page, state: 'unconfirmed', confirmedAt: null }),
    );
    expect(await confirm()).toEqual([200, undefined]);
    await save([dev]);
    expect(await confirm()).toEqual([410, 'address-not-in-use']);
  });

  it('holds its token as a hash alone', async () => {
    const { token } = await asked();
    const stored = JSON.stringify(await confirmationModel(registry().connection).find().lean());
    expect(stored).not.toContain(token);
    expect(stored).not.toContain('@');
  });

  it('only where it stands, and is asked at most five times an hour', async () => {
    const { path, dev } = await anAccount();
    expect(
      await call('POST', `${path}/addresses/confirmation`, { email: 'else@where.example' }),
    ).toMatchObject({ status: 404 });
    const asks = await Promise.all(
      Array.from({ length: 20 }, () => call('POST', `${path}/addresses/confirmation`, { email: dev })),
    );
    expect(asks.filter(({ status }) => status === 202)).toHaveLength(5);
    expect(asks.filter(({ json }) => json.code === 'too-many-requests')).toHaveLength(15);
    expect(await mailsTo(dev)).toHaveLength(5);
  });
});

describe('a test mail', () => {
  it('goes once to each mailbox of the field, and what came of it is shown', async () => {
    const { path, page, dev } = await anAccount();
    expect(await call('POST', `${path}/technicalNonEmergency/test-mail`)).toMatchObject({
      status: 202,
      json: { mails: 2 },
    });
    const [toPage] = await mailsTo(page);
    const [toDev] = await mailsTo(dev);
    if (!toPage || !toDev) throw new Error('a mail is missing');
    expect(toDev).toMatchObject({
      kind: 'test-mail',
      address: dev,
      facts: { by: 'Signalbox', field: 'technicalNonEmergency' },
    });
    const shown = async (email: string) => (await addressesIn(path)).find((each) => each.email === email);
    expect((await shown(dev))?.lastTest).toMatchObject({ outcome: 'pending' });

    expect(await adviceIn(path)).toContainEqual(['technicalNonEmergency', 'never-tested']);
    await endMail(toDev._id, { state: 'sent', sentAt: new Date(), reply: '250 OK' });
    await endMail(toPage._id, { state: 'refused', reason: 'recipient-refused', reply: '550 nobody' });
    expect((await shown(dev))?.lastTest).toMatchObject({ outcome: 'sent', reply: '250 OK' });
    await eventually(async () => (await shown(dev))?.lastAcceptedAt !== null, { withinMs: 15_000 });
    await eventually(async () => (await shown(page))?.state === 'bouncing', { withinMs: 15_000 });
    // Both have been tried now; that mail comes back from one of them is another matter.
    const advice = await adviceIn(path);
    expect(advice).not.toContainEqual(['technicalNonEmergency', 'never-tested']);
    expect(advice).toContainEqual(['technicalNonEmergency', 'address-bouncing']);
    // The mail itself is kept for 30 days; what came of the test for longer.
    await eventually(async () => {
      const facts = registry().connection.collection<{ _id: string; lastTest: { outcome: string } }>(
        'addressFacts',
      );
      return (await facts.countDocuments({ 'lastTest.mail': toDev._id, 'lastTest.outcome': 'sent' })) === 1;
    });
    await accountMailModel(registry().connection).deleteOne({ _id: toDev._id });
    expect((await shown(dev))?.lastTest).toMatchObject({ outcome: 'sent', reply: '250 OK' });
  });

  it('is sent at most five times an hour for a field, however many ask at once, and another field is not affected', async () => {
    const { path, dev } = await anAccount();
    const test = (field: string) => call('POST', `${path}/${field}/test-mail`);
    const asks = await Promise.all(Array.from({ length: 20 }, () => test('technicalNonEmergency')));
    expect(asks.filter(({ status }) => status === 202)).toHaveLength(5);
    const [refused] = asks.filter(({ status }) => status === 429);
    const first = Number(refused?.headers.get('retry-after'));
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(3_600);
    await eventually(
      async () => Number((await test('technicalNonEmergency')).headers.get('retry-after')) < first,
    );
    expect(await mailsTo(dev)).toHaveLength(5);
    expect((await test('technicalEmergency')).status).toBe(202);
  });

  it.each([
    ['a field where nobody is', 'ordering', 'merchantIssues', 409, 'field-is-empty'],
    ['a field that the type does not offer', 'things-to-do', 'merchantIssues', 404, 'not-found'],
    ['a field without addresses', 'ordering', 'operationalSupport', 404, 'not-found'],
    ['no field at all', 'ordering', '__proto__', 404, 'not-found'],
  ])('of %s is refused, and says why', async (_what, type, field, status, code) => {
    const { path } = await anAccount(type);
    expect(await call('POST', `${path}/${field}/test-mail`)).toMatchObject({ status, json: { code } });
  });
});
