import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import {
  accountImportPath,
  ImportResult,
  longestImportLineBytes,
  ndjson,
  type Principal,
} from '@signalbox/contracts';
import { eventually } from '@signalbox/testing';
import { accountModel } from './accounts/account-document.js';
import { listingOf } from './accounts/listing-of.js';
import { bearerOf, useRegistryOverHttp } from './registry-over-http.spec.js';
import { eventuallyClean, storedAccount } from './registry-under-test.spec.js';

const operator: Principal = { kind: 'api-key', id: 'k1', name: 'onboarding', scopes: ['operator'] };
const registry = useRegistryOverHttp();
const connection = () => registry().connection;
const topic = () => registry().topic;

async function post(body: string, { as = operator, type = ndjson }: { as?: Principal; type?: string } = {}) {
  const response = await fetch(new URL(accountImportPath, registry().url), {
    method: 'POST',
    headers: { authorization: await bearerOf(as), 'content-type': type },
    body,
  });
  return { status: response.status, text: await response.text() };
}

async function importAll(lines: readonly unknown[], as?: Principal): Promise<ImportResult[]> {
  const body = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const { status, text } = await post(body, as && { as });
  expect(status).toBe(200);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ImportResult.parse(JSON.parse(line)));
}

const one = (email: string) => ({ addresses: [{ email }] });
const contacts = {
  alertContacts: { emails: ['Ana@acme.example'] },
  technicalEmergency: one('page@acme.example'),
  technicalNonEmergency: one('dev@acme.example'),
  operationalInternal: one('ops@acme.example'),
  operationalShared: { email: 'help@acme.example', isBrandSupportAlias: true },
  operationalSupport: {
    hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'Europe/Madrid' }],
  },
};
const newId = () => `acme-${randomUUID().slice(0, 8)}`;
const accountOf = (id: string, changes: object = {}) => ({
  id,
  name: 'Acme',
  integrationType: 'ordering',
  ...changes,
});
const complete = (id: string) => ({
  account: accountOf(id),
  users: [{ email: 'ana@acme.example', role: 'admin', name: 'Ana' }],
  contacts,
  launch: true,
});

describe('an import', () => {
  it('makes an account with users and contacts, launched, as one version', async () => {
    const id = newId();
    const [result] = await importAll([complete(id)]);
    expect(result).toEqual({ line: 1, account: id, outcome: 'made', version: 1, inForce: true });
    const stored = await eventuallyClean(connection(), id);
    expect(stored).toMatchObject({ version: 1, revision: 1, launched: true });
    const [user] = stored.users;
    expect(user).toMatchObject({ email: 'ana@acme.example', role: 'admin', language: 'en' });
    expect(stored.information.alertContacts).toEqual({ userIds: [user?.id] });
    expect(stored.listing).toMatchObject(listingOf(stored));
    expect(topic().versionsOf(id)).toEqual([1]);
    const history = await connection().collection('accountHistory').findOne({ account: id });
    expect(history).toMatchObject({ what: 'import', by: 'onboarding (k1)', version: 1 });
  });

  it('says unchanged when it comes again, and makes no version', async () => {
    const lines = [complete(newId()), { account: accountOf(newId()) }];
    const versions = async () => {
      const ids = lines.map(({ account }) => account.id);
      return Promise.all(ids.map(async (id) => (await storedAccount(connection(), id)).version));
    };
    await importAll(lines);
    expect(await versions()).toEqual([1, 1]);
    const again = await importAll(lines);
    expect(again.map(({ outcome, inForce }) => [outcome, inForce])).toEqual([
      ['unchanged', true],
      ['unchanged', true],
    ]);
    expect(await versions()).toEqual([1, 1]);
  });

  it('changes what a line says, in one version, and leaves what it does not say', async () => {
    const id = newId();
    await importAll([
      { ...complete(id), account: accountOf(id, { locale: 'pt-BR', acknowledgeWithinMinutes: 30 }) },
    ]);
    const changed = {
      account: accountOf(id, { name: 'Acme Tours' }),
      users: [{ email: 'bo@acme.example' }],
      contacts: { ...contacts, alertContacts: { emails: ['ana@acme.example', 'bo@acme.example'] } },
    };
    expect(await importAll([changed])).toMatchObject([{ outcome: 'changed', version: 2 }]);
    const stored = await storedAccount(connection(), id);
    expect(stored).toMatchObject({ name: 'Acme Tours', locale: 'pt-BR', acknowledgeWithinMinutes: 30 });
    expect(stored).toMatchObject({ launched: true, version: 2 });
    expect(stored.users.map(({ email, language }) => [email, language])).toEqual([
      ['ana@acme.example', 'pt-BR'],
      ['bo@acme.example', 'pt-BR'],
    ]);
    expect(stored.information.alertContacts?.userIds).toHaveLength(2);
  });

  it('refuses a bad line alone, says what is wrong with it, and does nothing of it', async () => {
    const ids = Array.from({ length: 9 }, newId);
    const [good = '', broken = '', invalid = '', policy = '', stranger = '', partial = ''] = ids;
    const results = await importAll([
      complete(good),
      `{"account":{"id":"${broken}"`,
      { account: accountOf(invalid, { integrationType: 'x' }), users: [{ email: 'no address' }], extra: 1 },
      {
        ...complete(policy),
        account: accountOf(policy, { integrationType: 'things-to-do' }),
        contacts: { ...contacts, merchantIssues: one('m@acme.example') },
      },
      { ...complete(stranger), contacts: { ...contacts, alertContacts: { emails: ['eve@acme.example'] } } },
      {
        account: accountOf(partial),
        contacts: { technicalEmergency: one('page@acme.example') },
        launch: true,
      },
      '',
      `"${'x'.repeat(longestImportLineBytes)}"`,
      { account: accountOf(ids[8] ?? '') },
    ]);
    const shown = results.map(({ line, account, outcome, errors = [] }) => [
      line,
      account,
      outcome,
      errors.map(({ pointer, code }) => `${pointer} ${code}`).sort(),
    ]);
    expect(shown).toEqual([
      [1, good, 'made', []],
      [2, null, 'refused', [' malformed-json']],
      [
        3,
        invalid,
        'refused',
        ['/account/integrationType invalid-value', '/extra unknown-field', '/users/0/email invalid-address'],
      ],
      [4, policy, 'refused', ['/contacts/merchantIssues field-not-offered']],
      [5, stranger, 'refused', ['/contacts/alertContacts/emails/0 unknown-user']],
      [
        6,
        partial,
        'refused',
        [
          'alertContacts',
          'operationalInternal',
          'operationalShared',
          'operationalSupport',
          'technicalNonEmergency',
        ].map((field) => `/contacts/${field} required`),
      ],
      [8, null, 'refused', [' too-long']],
      [9, ids[8], 'made', []],
    ]);
    const made = await accountModel(connection())
      .find({ _id: { $in: ids } })
      .lean<{ _id: string }[]>();
    expect(made.map(({ _id }) => _id).sort()).toEqual([good, ids[8]].sort());
  });

  it.each([
    ['an object with the methods of texts', '{"toString":1,"valueOf":1}'],
    ['a list in lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['nothing', 'null'],
  ])('goes on after a line whose account is called %s', async (_, id) => {
    const [first, last] = [newId(), newId()];
    const results = await importAll([complete(first), `{"account":{"id":${id}}}`, complete(last)]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['made', 'refused', 'made']);
  });

  it('says all that is wrong with a line at once', async () => {
    const [id, launched] = [newId(), newId()];
    await importAll([complete(launched)]);
    const strange = { emails: ['eve@acme.example'] };
    const results = await importAll([
      {
        account: accountOf(id, { integrationType: 'things-to-do' }),
        contacts: {
          alertContacts: strange,
          merchantIssues: one('m@acme.example'),
          operationalShared: { email: 'help@acme.example', isBrandSupportAlias: false },
          technicalEmergency: one('page@acme.example'),
        },
        launch: true,
      },
      {
        account: accountOf(launched),
        contacts: { ...contacts, alertContacts: strange, operationalInternal: undefined },
      },
    ]);
    const shown = results.map(({ errors = [] }) =>
      errors.map(({ pointer, code }) => `${pointer} ${code}`).sort(),
    );
    expect(shown).toEqual([
      [
        '/contacts/alertContacts/emails/0 unknown-user',
        '/contacts/merchantIssues field-not-offered',
        '/contacts/operationalInternal required',
        '/contacts/operationalShared/isBrandSupportAlias brand-alias-not-confirmed',
        '/contacts/operationalSupport required',
        '/contacts/technicalNonEmergency required',
      ],
      [
        '/contacts/alertContacts/emails/0 unknown-user',
        '/contacts/operationalInternal required-after-launch',
      ],
    ]);
  });

  it('judges the rest of a line too whose change of the integration type has to be confirmed', async () => {
    const launched = newId();
    await importAll([complete(launched)]);
    const [result] = await importAll([
      {
        account: accountOf(launched, { integrationType: 'reservations' }),
        contacts: {
          ...contacts,
          technicalEmergency: { addresses: [] },
          operationalInternal: one('no address'),
        },
      },
    ]);
    const shown = result?.errors?.map(({ pointer, code }) => `${pointer} ${code}`).sort();
    expect(shown).toEqual(
      expect.arrayContaining([
        '/account/integrationType invalid-value',
        '/contacts/operationalInternal/addresses/0/email invalid-address',
        '/contacts/technicalEmergency required-after-launch',
      ]),
    );
  });

  it('says what cannot be read and what may not be in one answer, and each mistake once', async () => {
    const [id, launched] = [newId(), newId()];
    await importAll([complete(launched)]);
    const results = await importAll([
      {
        account: { id, name: '', integrationType: 'things-to-do', extra: 1 },
        users: [{ email: 'no address' }],
        contacts: {
          alertContacts: { emails: ['ana@acme.example'] },
          merchantIssues: one('m@acme.example'),
          operationalShared: { email: 'help@acme.example', isBrandSupportAlias: false },
          technicalEmergency: one('no address'),
        },
        launch: true,
      },
      { account: accountOf(launched), contacts: { technicalEmergency: one('no address') }, 'a/b': 1 },
      { account: accountOf(id), contacts: 'none', launch: true },
      { account: accountOf(id, { integrationType: 'x' }), contacts: { merchantIssues: one('no address') } },
    ]);
    const shown = results.map(({ outcome, errors = [] }) => [
      outcome,
      ...errors.map(({ pointer, code }) => `${pointer} ${code}`).sort(),
    ]);
    expect(shown).toEqual([
      [
        'refused',
        '/account/extra unknown-field',
        '/account/name too-short',
        '/contacts/merchantIssues field-not-offered',
        '/contacts/operationalInternal required',
        '/contacts/operationalShared/isBrandSupportAlias brand-alias-not-confirmed',
        '/contacts/operationalSupport required',
        '/contacts/technicalEmergency/addresses/0/email invalid-address',
        '/contacts/technicalNonEmergency required',
        '/users/0/email invalid-address',
      ],
      [
        'refused',
        '/a~1b unknown-field',
        '/contacts/alertContacts required-after-launch',
        '/contacts/operationalInternal required-after-launch',
        '/contacts/operationalShared required-after-launch',
        '/contacts/operationalSupport required-after-launch',
        '/contacts/technicalEmergency/addresses/0/email invalid-address',
        '/contacts/technicalNonEmergency required-after-launch',
      ],
      ['refused', '/contacts wrong-type'],
      [
        'refused',
        '/account/integrationType invalid-value',
        '/contacts/merchantIssues/addresses/0/email invalid-address',
      ],
    ]);
    expect(await accountModel(connection()).exists({ _id: id })).toBeNull();
    expect(await storedAccount(connection(), launched)).toMatchObject({ version: 1 });
  });

  it('works on lines about one account one after the other: the last one stands', async () => {
    const id = newId();
    const lines = Array.from({ length: 20 }, (_, n) => ({ account: accountOf(id, { name: `Acme ${n}` }) }));
    const results = await importAll(lines);
    expect(results.map(({ version }) => version)).toEqual(lines.map((_, n) => n + 1));
    expect(await storedAccount(connection(), id)).toMatchObject({ name: 'Acme 19', version: 20 });
  });

  it('touches only the accounts that its key is limited to', async () => {
    const [mine, other] = [newId(), newId()];
    const limited: Principal = { ...operator, limits: { accounts: [mine] } };
    const results = await importAll([{ account: accountOf(mine) }, { account: accountOf(other) }], limited);
    expect(results.map(({ outcome, errors }) => [outcome, errors?.[0]?.code])).toEqual([
      ['made', undefined],
      ['refused', 'forbidden'],
    ]);
  });

  it.each<[string, Principal, string, number]>([
    ['JSON', operator, 'application/json', 415],
    ['support key', { ...operator, scopes: ['support'] }, ndjson, 403],
  ])('takes no %s', async (_, as, type, status) => {
    expect((await post('{}', { as, type })).status).toBe(status);
  });
});

describe('an import that streams', () => {
  /** A body that is written line by line, and an answer that is read so. */
  async function open() {
    const { port } = new URL(registry().url);
    const headers = {
      authorization: await bearerOf(operator),
      'content-type': ndjson,
    };
    const asked = httpRequest({ port, method: 'POST', path: accountImportPath, headers });
    asked.on('error', () => undefined);
    asked.flushHeaders();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const results: ImportResult[] = [];
    const lines = createInterface(answer);
    // Broken off, by the caller who goes away: both hear of it.
    for (const each of [answer, lines]) each.on('error', () => undefined);
    lines.on('line', (line) => {
      if (line !== '') results.push(ImportResult.parse(JSON.parse(line)));
    });
    return { asked, answer, results, write: (line: unknown) => asked.write(`${JSON.stringify(line)}\n`) };
  }

  it('answers a line before the next one is sent', async () => {
    const { asked, results, write } = await open();
    for (const count of [1, 2, 3]) {
      write({ account: accountOf(newId()) });
      await eventually(() => results.length === count, { what: `result ${count}` });
    }
    asked.end();
  });

  it('says that it is still there while the caller is silent', async () => {
    const { asked, answer } = await open();
    const [piece] = (await once(answer, 'data')) as [Buffer];
    expect(piece.toString()).toBe('\n');
    asked.end();
  });

  it('ends at the end of a line when the caller goes away, and begins nothing further', async () => {
    topic().hold();
    const { asked, write } = await open();
    const ids = Array.from({ length: 200 }, newId);
    for (const id of ids) write({ ...complete(id) });
    await topic().held(10);
    asked.destroy();
    topic().letThrough();
    const found = () =>
      accountModel(connection())
        .find({ _id: { $in: ids } })
        .lean<{ launched: boolean; dirty: boolean }[]>();
    await eventually(async () => (await found()).every(({ dirty }) => !dirty), { what: 'what was begun' });
    const made = await found();
    expect(made.length).toBeGreaterThan(0);
    expect(made.length).toBeLessThan(ids.length);
    expect(made.every(({ launched }) => launched)).toBe(true);
  });
});
