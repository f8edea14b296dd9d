import type { ContactField, ContactInformation, Environment, IntegrationType } from '@signalbox/contracts';
import {
  checkContactInformation,
  checkNamedFields,
  contactPolicy,
  missingFields,
  offersField,
} from './index.js';

const addresses = { addresses: [{ email: 'page@acme-tours.example' }] };
const everything = {
  alertContacts: { userIds: ['ana'] },
  technicalEmergency: addresses,
  technicalNonEmergency: addresses,
  merchantIssues: addresses,
  operationalInternal: addresses,
  operationalShared: { email: 'help@acme-tours.example', isBrandSupportAlias: true },
  operationalSupport: {
    hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'America/Sao_Paulo' }],
  },
} satisfies ContactInformation;

const without = (...fields: ContactField[]): ContactInformation =>
  Object.fromEntries(Object.entries(everything).filter(([field]) => !fields.includes(field as ContactField)));

describe('the contact policy', () => {
  it.each<[IntegrationType, string]>([
    ['things-to-do', 'not-offered'],
    ['reservations', 'required'],
    ['ordering', 'optional'],
  ])('%s: merchant issues are %s, all else is required', (type, merchantIssues) => {
    const { merchantIssues: found, ...others } = contactPolicy[type];
    expect(found).toBe(merchantIssues);
    expect(new Set(Object.values(others))).toEqual(new Set(['required']));
    expect(offersField(type, 'merchantIssues')).toBe(merchantIssues !== 'not-offered');
  });
});

describe('what is missing', () => {
  const table: [string, ContactInformation, IntegrationType, Environment, ContactField[]][] = [
    ['nothing when everything is there', everything, 'reservations', 'production', []],
    [
      'what is required and left out',
      without('merchantIssues'),
      'reservations',
      'production',
      ['merchantIssues'],
    ],
    ['not what is optional', without('merchantIssues'), 'ordering', 'production', []],
    ['not what is not offered', without('merchantIssues'), 'things-to-do', 'production', []],
    ['alert contacts in production', without('alertContacts'), 'ordering', 'production', ['alertContacts']],
    ['not alert contacts in sandbox', without('alertContacts'), 'ordering', 'sandbox', []],
    [
      'a list that is there and empty',
      { ...everything, technicalEmergency: { addresses: [] }, alertContacts: { userIds: [] } },
      'ordering',
      'production',
      ['alertContacts', 'technicalEmergency'],
    ],
    [
      'hours without a range',
      { ...everything, operationalSupport: { hours: [], closedDates: ['2026-12-25'] } },
      'ordering',
      'production',
      ['operationalSupport'],
    ],
    [
      'everything that is required, in the order of the form',
      {},
      'reservations',
      'production',
      Object.keys(everything) as ContactField[],
    ],
  ];
  it.each(table)('is %s', (_, information, type, environment, fields) => {
    const missing = missingFields(information, type, environment);
    expect(missing.map(({ field }) => field)).toEqual(fields);
    expect(missing.every(({ code }) => code === 'required')).toBe(true);
  });
});

describe('what may not be stored', () => {
  const facts = { integrationType: 'reservations', launched: false, userIds: ['ana', 'bo'] } as const;
  const table: [string, ContactInformation, object, Environment, [string, string][]][] = [
    ['takes everything', everything, {}, 'production', []],
    ['takes nothing before launch', {}, {}, 'production', []],
    [
      'refuses to empty what is required after launch',
      without('technicalEmergency', 'operationalShared'),
      { launched: true },
      'production',
      [
        ['/technicalEmergency', 'required-after-launch'],
        ['/operationalShared', 'required-after-launch'],
      ],
    ],
    [
      'refuses alert contacts in sandbox',
      everything,
      {},
      'sandbox',
      [['/alertContacts', 'alert-contacts-production-only']],
    ],
    ['asks for no alert contacts in sandbox', without('alertContacts'), { launched: true }, 'sandbox', []],
    [
      'refuses a field that the type does not offer',
      everything,
      { integrationType: 'things-to-do' },
      'production',
      [['/merchantIssues', 'field-not-offered']],
    ],
    [
      'refuses alert contacts who are no users of the account, each by place',
      { alertContacts: { userIds: ['ana', 'eve', 'bo', 'mal'] } },
      {},
      'production',
      [
        ['/alertContacts/userIds/1', 'unknown-user'],
        ['/alertContacts/userIds/3', 'unknown-user'],
      ],
    ],
    [
      'refuses a shared address that nobody confirmed',
      { operationalShared: { email: 'help@acme-tours.example', isBrandSupportAlias: false } },
      {},
      'production',
      [['/operationalShared/isBrandSupportAlias', 'brand-alias-not-confirmed']],
    ],
    [
      'answers everything at once',
      {
        ...without('operationalInternal'),
        alertContacts: { userIds: ['eve'] },
        operationalShared: { email: 'a@b.example', isBrandSupportAlias: false },
      },
      { integrationType: 'things-to-do', launched: true },
      'production',
      [
        ['/merchantIssues', 'field-not-offered'],
        ['/alertContacts/userIds/0', 'unknown-user'],
        ['/operationalShared/isBrandSupportAlias', 'brand-alias-not-confirmed'],
        ['/operationalInternal', 'required-after-launch'],
      ],
    ],
  ];
  it.each(table)('%s', (_, information, changedFacts, environment, expected) => {
    const errors = checkContactInformation(information, { ...facts, ...changedFacts }, environment);
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual(expected);
  });

  it('refuses to name alert contacts in sandbox even to remove them', () => {
    const errors = checkNamedFields(['technicalEmergency', 'alertContacts', 'nonsense'], 'sandbox');
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/alertContacts']);
    expect(checkNamedFields(['alertContacts'], 'production')).toEqual([]);
  });
});
