import type { ContactInformation, SessionAccount } from '@signalbox/contracts';
import { checkInformation, fieldsDone } from './check-information.js';

const account: SessionAccount = {
  account: 'acme-tours',
  name: 'Acme Tours',
  integrationType: 'things-to-do',
  role: 'admin',
  user: 'u1',
  launched: true,
  language: 'en',
  environments: { production: { ready: true, missing: [] }, sandbox: { ready: true, missing: [] } },
};
const inTheForm: ContactInformation = {
  alertContacts: { userIds: ['u1', 'gone'] },
  technicalEmergency: { addresses: [{ email: 'nope' }] },
  technicalNonEmergency: { addresses: [{ email: 'tech@acme.example' }] },
  operationalShared: { email: 'help@acme.example', isBrandSupportAlias: false },
  operationalSupport: { hours: [{ days: [], opens: '09:00', closes: '17:00', timeZone: 'UTC' }] },
};
const errors = checkInformation(inTheForm, account, ['u1'], 'production');

describe('what is wrong in the form', () => {
  it('is said at once, in the order of the fields, whether the schema or a rule forbids it', () => {
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/alertContacts/userIds/1 unknown-user',
      '/technicalEmergency/addresses/0/email invalid-address',
      '/operationalInternal required-after-launch',
      '/operationalShared/isBrandSupportAlias brand-alias-not-confirmed',
      '/operationalSupport/hours/0/days too-short',
    ]);
  });

  it('does not count as filled in', () => {
    expect(fieldsDone(inTheForm, errors, account, 'production')).toEqual(['technicalNonEmergency']);
  });
});
