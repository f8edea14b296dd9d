import {
  adviceCodes,
  type AdviceCode,
  type ContactField,
  type ContactInformation,
} from '@signalbox/contracts';
import { addressAdviceCodes, advise, checkContactInformation, type KnownAddress } from './index.js';

const users = [
  { id: 'ana', email: 'ana.souza@acme.example' },
  { id: 'bo', email: 'bo@acme.example' },
];
const at = (...emails: string[]) => ({ addresses: emails.map((email) => ({ email })) });
const shared = (email: string) => ({ email, isBrandSupportAlias: true });
const good = {
  alertContacts: { userIds: ['ana', 'bo'] },
  technicalEmergency: at('page@acme.example'),
  technicalNonEmergency: at('dev@acme.example'),
  merchantIssues: at('merchants@acme.example'),
  operationalInternal: at('ops@acme.example'),
  operationalShared: shared('help@acme.example'),
  operationalSupport: {
    hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'America/Sao_Paulo' }],
  },
} satisfies ContactInformation;
const known = (field: ContactField, changes: Partial<KnownAddress>): KnownAddress => ({
  field,
  email: 'page@acme.example',
  state: 'confirmed',
  tested: true,
  ...changes,
});

type Row = [string, ContactInformation, readonly KnownAddress[], [ContactField, AdviceCode][]];
const table: Row[] = [
  ['says nothing of good information', good, [], []],
  ['says nothing of none', {}, [], []],
  [
    'lets a personal address be an alert contact: those are people',
    { alertContacts: { userIds: ['ana'] } },
    [],
    [],
  ],
  [
    'asks for a page alias where one person is to be woken',
    { ...good, technicalEmergency: at('page@acme.example', 'ana.lima@acme.example') },
    [],
    [['technicalEmergency', 'use-page-alias']],
  ],
  [
    'asks for a support alias where one person’s address is shared',
    { ...good, operationalShared: shared('ana.lima@acme.example') },
    [],
    [['operationalShared', 'use-support-alias']],
  ],
  [
    'asks for a support alias in place of free mail',
    { ...good, operationalShared: shared('acme.support@gmail.com') },
    [],
    [['operationalShared', 'use-support-alias']],
  ],
  [
    'sees one person behind every field, a user and a plus-tag included',
    {
      alertContacts: { userIds: ['bo'] },
      technicalEmergency: at('bo@acme.example'),
      operationalInternal: at('BO+ops@acme.example'),
      operationalShared: shared('help@acme.example'),
    },
    [],
    [['alertContacts', 'one-person-everywhere']],
  ],
  [
    'sees one address in two fields',
    { ...good, technicalNonEmergency: at('dev@acme.example', 'Page@acme.example') },
    [],
    [['technicalNonEmergency', 'same-address-twice']],
  ],
  [
    'sees a user’s address in another field',
    { ...good, technicalNonEmergency: at('bo@acme.example') },
    [],
    [['technicalNonEmergency', 'same-address-twice']],
  ],
  [
    'sees one address twice in one field, whatever its case',
    { ...good, technicalEmergency: at('page@acme.example', 'Page@acme.example') },
    [],
    [['technicalEmergency', 'repeated-address']],
  ],
  [
    'sees an internal address that is the shared one too',
    { ...good, operationalInternal: at('Help@acme.example') },
    [],
    [['operationalInternal', 'internal-address-is-shared']],
  ],
  [
    'tells what is known of addresses, once a field',
    good,
    [
      known('technicalEmergency', { state: 'bouncing' }),
      known('technicalEmergency', { email: 'night@acme.example', state: 'bouncing', tested: false }),
      known('operationalInternal', { state: 'stale' }),
      known('merchantIssues', { state: 'unconfirmed' }),
    ],
    [
      ['technicalEmergency', 'address-bouncing'],
      ['technicalEmergency', 'never-tested'],
      ['operationalInternal', 'address-stale'],
    ],
  ],
];

describe('the advice', () => {
  it.each(table)('%s', (_, information, addresses, expected) => {
    const advice = advise(information, { users, addresses });
    expect(advice.map(({ field, code }) => [field, code])).toEqual(expected);
    for (const { detail } of advice) expect(detail).toMatch(/\.$/);
  });

  it.each(table)(
    'has two parts, of addresses and of all else, which do not meet: it %s',
    (_, information, addresses) => {
      const isOfAddresses = (code: AdviceCode) => addressAdviceCodes.some((each) => each === code);
      const advice = advise(information, { users, addresses });
      expect(advise({}, { users: [], addresses })).toEqual(advice.filter(({ code }) => isOfAddresses(code)));
      expect(advise(information, { users })).toEqual(advice.filter(({ code }) => !isOfAddresses(code)));
    },
  );

  it('says everything at once, in the order of the form', () => {
    const everything: ContactInformation = {
      technicalEmergency: at('ana.lima@acme.example'),
      technicalNonEmergency: at('ana.lima@acme.example', 'dev@acme.example'),
      operationalShared: shared('ana.lima@acme.example'),
    };
    const advice = advise(everything, {
      users,
      addresses: [known('technicalNonEmergency', { tested: false })],
    });
    expect(advice.map(({ field, code }) => [field, code])).toEqual([
      ['technicalEmergency', 'use-page-alias'],
      ['technicalEmergency', 'internal-address-is-shared'],
      ['technicalNonEmergency', 'internal-address-is-shared'],
      ['technicalNonEmergency', 'same-address-twice'],
      ['technicalNonEmergency', 'never-tested'],
      ['operationalShared', 'use-support-alias'],
    ]);
  });

  it('has a row here for every code', () => {
    const told = new Set(table.flatMap(([, , , expected]) => expected.map(([, code]) => code)));
    expect([...told].sort()).toEqual([...adviceCodes].sort());
  });

  it('forbids no save', () => {
    const facts = { integrationType: 'reservations', launched: false, userIds: ['ana', 'bo'] } as const;
    for (const [, information] of table) {
      expect(checkContactInformation(information, facts, 'production')).toEqual([]);
    }
  });
});
