import { contactFields, type ContactInformation } from '@signalbox/contracts';
import { blankRow, fromDraft, placeInForm, toDraft } from './draft.js';

const whole: ContactInformation = {
  alertContacts: { userIds: ['u1'] },
  technicalEmergency: { addresses: [{ email: 'page@acme.example', label: 'On call' }] },
  technicalNonEmergency: { addresses: [{ email: 'tech@acme.example' }] },
  merchantIssues: { addresses: [{ email: 'merchants@acme.example' }] },
  operationalInternal: { addresses: [{ email: 'ops@acme.example' }] },
  operationalShared: { email: 'help@acme.example', isBrandSupportAlias: true },
  operationalSupport: {
    hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'UTC' }],
    closedDates: ['2026-12-25'],
  },
};

describe('the form', () => {
  it.each([
    ['everything', whole],
    ['nothing', {}],
    ['hours without closed dates', { operationalSupport: { hours: whole.operationalSupport?.hours ?? [] } }],
  ])('gives back %s as it was', (_, information) => {
    expect(fromDraft(toDraft(information), contactFields)).toEqual(information);
  });

  it('leaves blank rows and fields without anything out', () => {
    const draft = toDraft({});
    draft.technicalEmergency.addresses = [blankRow, { email: ' page@acme.example ', label: ' ' }];
    draft.operationalSupport.closedDates = [''];
    expect(fromDraft(draft, contactFields)).toEqual({
      technicalEmergency: { addresses: [{ email: 'page@acme.example' }] },
    });
  });

  it('says nothing in fields that are not offered', () => {
    expect(Object.keys(fromDraft(toDraft(whole), ['technicalEmergency']))).toEqual(['technicalEmergency']);
  });

  it.each([
    ['/technicalEmergency', 'technicalEmergency'],
    ['/technicalEmergency/addresses', 'technicalEmergency.addresses.0.email'],
    ['/technicalEmergency/addresses/0/email', 'technicalEmergency.addresses.1.email'],
    ['/technicalEmergency/addresses/1', 'technicalEmergency.addresses.3.email'],
    ['/alertContacts/userIds/1', 'alertContacts.userIds'],
    ['/operationalShared/isBrandSupportAlias', 'operationalShared.isBrandSupportAlias'],
    ['/operationalSupport/hours/2/opens', 'operationalSupport.hours.2.opens'],
    ['/operationalSupport/closedDates/0', 'operationalSupport.closedDates.1'],
    ['/operationalSupport/closedDates/1', 'operationalSupport.closedDates.3'],
    ['/operationalSupport/closedDates', 'operationalSupport.closedDates'],
  ])('shows an error at %s at %s, past blank rows', (pointer, place) => {
    const draft = toDraft({});
    const row = (email: string) => ({ email, label: '' });
    draft.technicalEmergency.addresses = [blankRow, row('a'), blankRow, row('b')];
    draft.operationalSupport.closedDates = ['', '12026-01-01', '', '12026-01-02'];
    expect(placeInForm(pointer, draft)).toBe(place);
  });
});
