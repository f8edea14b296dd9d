import { createHash } from 'node:crypto';
import { integrationTypes, withoutAddress, type ContactInformation } from '@signalbox/contracts';
import { listingOf, listingRules, type ListedAccount } from './listing-of.js';

const addresses = { addresses: [{ email: 'ana.souza@acme.example' }] };
const complete = {
  alertContacts: { userIds: ['u1'] },
  technicalEmergency: addresses,
  technicalNonEmergency: addresses,
  merchantIssues: addresses,
  operationalInternal: addresses,
  operationalShared: { email: 'help@acme.example', isBrandSupportAlias: true },
  operationalSupport: {
    hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'America/Sao_Paulo' }],
  },
} satisfies ContactInformation;
const account = (changes: Partial<ListedAccount>): ListedAccount => ({
  _id: 'bistro-uno',
  name: 'Bistró Uno',
  integrationType: 'reservations',
  information: complete,
  users: [{ id: 'u1', email: 'Rui@acme.example', language: 'pt', role: 'admin' }],
  owner: null,
  ...changes,
});

describe('the listing of an account', () => {
  it('says where it is ready and what is missing elsewhere', () => {
    const { alertContacts: _, ...withoutAlerts } = complete;
    expect(listingOf(account({ information: withoutAlerts }))).toMatchObject({
      ready: { sandbox: true, production: false },
      missing: { sandbox: [], production: ['alertContacts'] },
    });
    expect(listingOf(account({}))).toMatchObject({ ready: { sandbox: true, production: true } });
  });

  it('says what is advised, by the fields that each environment has', () => {
    const email = 'rui.lima@acme.example';
    const users = [{ id: 'u1', email, language: 'pt', role: 'admin' } as const];
    const information = {
      alertContacts: { userIds: ['u1'] },
      technicalEmergency: { addresses: [{ email }] },
    };
    expect(listingOf(account({ information, users })).advice).toEqual({
      sandbox: ['use-page-alias'],
      production: ['one-person-everywhere', 'use-page-alias'],
    });
  });

  it('has the beginnings of the words of id and name', () => {
    const { wordStarts } = listingOf(account({ _id: 'no-1', name: 'Cafè' }));
    expect(wordStarts).toEqual(['n', 'no', '1', 'c', 'ca', 'caf', 'cafe']);
  });

  it('has every mailbox that the account names, however and wherever it is written', () => {
    const { mailboxes } = listingOf(
      account({ owner: 'Kim@platform.example', name: 'Acme (o.k@acme.example), or i.dn@MÜNCHEN.example.' }),
    );
    const named = ['ana.souza@', 'help@', 'rui@', 'o.k@'].map((localPart) => `${localPart}acme.example`);
    expect([...mailboxes].sort()).toEqual(
      [...named, 'i.dn@xn--mnchen-3ya.example', 'kim@platform.example'].sort(),
    );
  });

  it.each([
    'see ?u=wu%40pc.example',
    '\\nwu@pc.example',
    '_wu@pc.example_ and a%20WU@pc.example',
    '__wu@pc.example__',
    '请联系wu@pc.example。谢谢',
    'to wu@pc.example.Merci',
    'to wu＠pc.example',
    '?u=wu%EF%BC%A0pc.example',
    '宛先：ｗｕ＠ｐｃ．ｅｘａｍｐｌｅ',
  ])('has a mailbox wherever an erasure would find it: %s', (name) => {
    expect(withoutAddress(name, 'wu@pc.example', '[gone]')).not.toContain('pc.example');
    const { mailboxes } = listingOf(account({ users: [], information: {}, name }));
    expect(mailboxes).toContain('wu@pc.example');
  });

  it('has a mailbox that a text begins differently, and not where an address is held', () => {
    const named = account({ users: [], information: {}, name: 'contact=wanda@acme.example' });
    expect(listingOf(named).mailboxes).toContain('wanda@acme.example');
    const held = account({ users: [], information: {}, owner: 'contact=wanda@acme.example' });
    expect(listingOf(held).mailboxes).not.toContain('wanda@acme.example');
  });

  it('follows the rules that it says: when this fails, raise listingRules and write down the new sum', () => {
    const shared = { email: 'acme@gmail.com', isBrandSupportAlias: true };
    const advised = { technicalEmergency: { addresses: [shared] }, operationalShared: shared };
    const informations: ContactInformation[] = [{}, complete, { technicalEmergency: addresses }, advised];
    const listings = integrationTypes.flatMap((integrationType) =>
      informations.map((information) => listingOf(account({ integrationType, information }))),
    );
    const sum = createHash('sha256').update(JSON.stringify(listings)).digest('hex').slice(0, 16);
    expect([listingRules, sum]).toEqual([7, '3c1cd0ea53522639']);
  });
});
