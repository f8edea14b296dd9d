import { Referral, Readiness, type ContactInformation, type Principal } from '@signalbox/contracts';
import { mintPrincipalToken, runApp, type RunningApp } from '@signalbox/runtime';
import type { Connection } from 'mongoose';
import { contactRegistryModule } from './contact-registry.module.js';
import {
  aRegistry,
  askedBy,
  makeAccount,
  openRegistryDatabase,
  recordingPublisher,
  registryParts,
  silent,
} from './registry-under-test.spec.js';

const signingKeys = { current: 'a signing key of 32 characters or more' };
const support: Principal = { kind: 'api-key', id: 'k3', name: 'desk', scopes: ['support'] };
const operator: Principal = { kind: 'api-key', id: 'k1', name: 'operator', scopes: ['operator'] };
const sender: Principal = { kind: 'api-key', id: 'k2', name: 'sender', scopes: ['events:send'] };

const mark = 'internal-mark';
const internal = { addresses: [{ email: `${mark}@acme.example`, label: mark }] };
const information: ContactInformation = {
  technicalEmergency: internal,
  technicalNonEmergency: internal,
  operationalInternal: internal,
  operationalShared: { email: 'help@acme.example', label: 'Acme help', isBrandSupportAlias: true },
  operationalSupport: {
    hours: [{ days: ['mon'], opens: '22:00', closes: '02:00', timeZone: 'Europe/Madrid' }],
  },
};

let connection: Connection;
let registry: RunningApp;
let account: string;

beforeAll(async () => {
  connection = await openRegistryDatabase();
  const publisher = recordingPublisher();
  registry = await runApp({
    name: 'contact-registry',
    log: silent,
    listen: { host: '127.0.0.1', port: 0, setting: 'CONTACT_REGISTRY_PORT' },
    module: (drain) =>
      contactRegistryModule({
        ...registryParts(connection),
        publisher,
        deadLetters: { send: () => Promise.resolve() },
        signingKeys,
        drain,
      }),
    host: { on: () => undefined, exit: () => undefined, stderr: process.stderr },
  });
  const cases = aRegistry(connection, publisher);
  account = await makeAccount(cases);
  const request = { account, environment: 'production', mode: 'replace', asker: askedBy('spec') } as const;
  const saved = await cases.save.execute({ ...request, body: information, matches: () => true });
  expect(saved.kind).toBe('done');
});
afterAll(async () => {
  await registry.stop('the spec is over');
  await connection.dropDatabase();
  await connection.close();
});

async function get(path: string, as: Principal) {
  const token = await mintPrincipalToken(signingKeys, as);
  const response = await fetch(new URL(path, registry.url), {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.status, text: await response.text() };
}
const referral = (query: string, as = support) => get(`/v1/accounts/${account}/referral${query}`, as);

describe('a referral', () => {
  it('names the shared contact and when it is open, to support and operators, and nothing internal', async () => {
    for (const as of [support, operator]) {
      const { status, text } = await referral('?at=2026-11-23T23:30:00Z&zone=Asia/Kathmandu', as);
      expect(status).toBe(200);
      expect(text).not.toContain(mark);
      const answer: unknown = JSON.parse(text);
      expect(Referral.parse(answer)).toEqual(answer);
      expect(answer).toEqual({
        account,
        contact: { email: 'help@acme.example', label: 'Acme help' },
        openNow: true,
        nextOpening: {
          utc: '2026-11-30T21:00:00Z',
          account: { at: '2026-11-30T22:00:00+01:00', timeZone: 'Europe/Madrid' },
          caller: { at: '2026-12-01T02:45:00+05:45', timeZone: 'Asia/Kathmandu' },
        },
        nextClosing: {
          utc: '2026-11-24T01:00:00Z',
          account: { at: '2026-11-24T02:00:00+01:00', timeZone: 'Europe/Madrid' },
          caller: { at: '2026-11-24T06:45:00+05:45', timeZone: 'Asia/Kathmandu' },
        },
      });
    }
  });

  it('is about now unless an instant is named, with any offset', async () => {
    expect(Referral.parse(JSON.parse((await referral('')).text)).nextOpening?.caller).toBeUndefined();
    const { text } = await referral(`?at=${encodeURIComponent('2026-11-24T00:30:00+01:00')}`);
    expect(JSON.parse(text)).toMatchObject({ openNow: true });
  });

  it('is for nobody else', async () => {
    expect((await referral('', sender)).status).toBe(403);
  });

  it.each([
    ['?zone=Madrid', 'Did you mean Europe/Madrid?'],
    ['?zone=%2B01:00', 'time zone'],
    ['?at=tomorrow', 'at'],
    ['?at=9999-12-31T23:59:59-23:59', 'at'],
    ['?at=3000-01-01T00:00:00Z', 'at'],
    ['?at=1969-12-31T23:59:59Z', 'at'],
  ])('refuses %s', async (query, words) => {
    const { status, text } = await referral(query);
    expect([status, text]).toEqual([400, expect.stringContaining(words)]);
  });

  it('of an account that is not there is not found', async () => {
    expect((await get('/v1/accounts/nobody/referral', support)).status).toBe(404);
  });
});

describe('readiness', () => {
  it('advises, and is not less ready for it', async () => {
    const { text } = await get(`/v1/accounts/${account}/readiness?environment=sandbox`, operator);
    const { ready, advice: all } = Readiness.parse(JSON.parse(text));
    // No mail was ever sent to any of them, which is told of every field.
    const advice = all.filter(({ code }) => code !== 'never-tested');
    expect({ ready, advice: advice.map(({ field, code }) => [field, code]) }).toEqual({
      ready: true,
      advice: [
        ['technicalEmergency', 'use-page-alias'],
        ['technicalEmergency', 'one-person-everywhere'],
      ],
    });
  });
});
