import type { ContactField, ContactInformation, IntegrationType } from '@signalbox/contracts';
import { requiredFields } from './contact-policy.js';
import { asOffered, integrationTypeChange, needsConfirmation } from './integration-type-change.js';

const one = (email: string) => ({ addresses: [{ email }] });
const base: ContactInformation = {
  alertContacts: { userIds: ['u1'] },
  technicalEmergency: one('page@acme.example'),
  technicalNonEmergency: one('dev@acme.example'),
  operationalInternal: one('ops@acme.example'),
  operationalShared: { email: 'help@acme.example', isBrandSupportAlias: true },
  operationalSupport: {
    hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'Europe/Madrid' }],
  },
};
const merchants = { merchantIssues: one('shop@acme.example') };
const nobody = { merchantIssues: { addresses: [] } };
const { alertContacts: _alertContacts, ...sandboxOnly } = base;

interface Row {
  readonly information: ContactInformation;
  readonly from: IntegrationType;
  readonly to: IntegrationType;
  readonly dropped?: ContactField[];
  readonly missing?: { sandbox: ContactField[]; production: ContactField[] };
  readonly becomes?: Row['missing'];
  readonly closes?: 'both' | 'sandbox' | 'none';
  readonly asks: boolean;
}
const none = { sandbox: [], production: [] };
const shopMissing: Row['missing'] = { sandbox: ['merchantIssues'], production: ['merchantIssues'] };

describe('another integration type', () => {
  it.each<[string, Row]>([
    ['that asks for nothing more', { information: base, from: 'ordering', to: 'things-to-do', asks: false }],
    [
      'that requires what is missing closes both gates',
      {
        information: base,
        from: 'ordering',
        to: 'reservations',
        missing: shopMissing,
        closes: 'both',
        asks: true,
      },
    ],
    [
      'that requires what is known to be empty closes both gates',
      {
        ...{ information: { ...base, ...nobody }, from: 'ordering', to: 'reservations' },
        ...{ missing: shopMissing, closes: 'both', asks: true },
      },
    ],
    [
      'closes the one gate that was open',
      {
        ...{
          information: sandboxOnly,
          from: 'things-to-do',
          to: 'reservations',
          closes: 'sandbox',
          asks: true,
        },
        missing: { sandbox: ['merchantIssues'], production: ['alertContacts', 'merchantIssues'] },
        becomes: shopMissing,
      },
    ],
    [
      'that requires one field more asks, though the gate is closed already',
      {
        ...{ information: {}, from: 'things-to-do', to: 'reservations', asks: true, becomes: shopMissing },
        missing: {
          sandbox: requiredFields('reservations', 'sandbox'),
          production: requiredFields('reservations', 'production'),
        },
      },
    ],
    [
      'closes no gate that was closed before',
      {
        ...{ information: {}, from: 'things-to-do', to: 'ordering', asks: false },
        missing: {
          sandbox: Object.keys(sandboxOnly) as ContactField[],
          production: Object.keys(base) as ContactField[],
        },
      },
    ],
    [
      'that does not offer a filled field drops it',
      {
        ...{ information: { ...base, ...merchants }, from: 'reservations', to: 'things-to-do' },
        ...{ dropped: ['merchantIssues'], asks: true },
      },
    ],
    [
      'loses nothing by an empty field',
      { information: { ...base, ...nobody }, from: 'ordering', to: 'things-to-do', asks: false },
    ],
    [
      'that is the same changes nothing',
      { information: { ...base, ...merchants }, from: 'reservations', to: 'reservations', asks: false },
    ],
  ] as [string, Row][])('%s', (_, { information, from, to, asks, ...expected }) => {
    const change = integrationTypeChange(information, from, to);
    const { closes = 'none' } = expected;
    expect(change).toEqual({
      from,
      to,
      dropped: expected.dropped ?? [],
      missing: expected.missing ?? none,
      becomesMissing: expected.becomes ?? (closes === 'both' ? expected.missing : none),
      closesGate: { sandbox: closes !== 'none', production: closes === 'both' },
    });
    expect(needsConfirmation(change)).toBe(asks);
  });

  it('takes what it does not offer with it, filled or not', () => {
    expect(asOffered({ ...base, ...merchants }, 'things-to-do')).toEqual(base);
    expect(asOffered({ ...base, ...nobody }, 'things-to-do')).toEqual(base);
    expect(asOffered({ ...base, ...merchants }, 'ordering')).toEqual({ ...base, ...merchants });
  });
});
