import { Referral, type ContactInformation } from '@signalbox/contracts';
import { fieldRules, refer, shareableOf } from './index.js';

const mark = 'internal-mark';
const internal = { addresses: [{ email: `${mark}@acme.example`, label: mark }] };
const information: ContactInformation = {
  alertContacts: { userIds: [mark] },
  technicalEmergency: internal,
  technicalNonEmergency: internal,
  merchantIssues: internal,
  operationalInternal: internal,
  operationalShared: { email: 'help@acme.example', label: 'Acme help', isBrandSupportAlias: true },
  operationalSupport: {
    hours: [{ days: ['mon', 'tue'], opens: '09:00', closes: '17:00', timeZone: 'America/Sao_Paulo' }],
  },
};
const monday = new Date('2026-11-23T15:00:00Z');

describe('a referral', () => {
  it('names the shared contact, whether it is open, and what comes next in both zones', () => {
    expect(refer(shareableOf(information), monday, 'Asia/Kathmandu')).toEqual({
      contact: { email: 'help@acme.example', label: 'Acme help' },
      openNow: true,
      nextOpening: {
        utc: '2026-11-24T12:00:00Z',
        account: { at: '2026-11-24T09:00:00-03:00', timeZone: 'America/Sao_Paulo' },
        caller: { at: '2026-11-24T17:45:00+05:45', timeZone: 'Asia/Kathmandu' },
      },
      nextClosing: {
        utc: '2026-11-23T20:00:00Z',
        account: { at: '2026-11-23T17:00:00-03:00', timeZone: 'America/Sao_Paulo' },
        caller: { at: '2026-11-24T01:45:00+05:45', timeZone: 'Asia/Kathmandu' },
      },
    });
  });

  it('leaves the caller’s zone out when none was named', () => {
    const { nextOpening } = refer(shareableOf(information), monday);
    expect(Object.keys(nextOpening ?? {})).toEqual(['utc', 'account']);
  });

  it.each<[string, ContactInformation, object]>([
    ['no contact when none is named', { ...information, operationalShared: undefined }, { contact: null }],
    [
      'nothing of hours when none are named',
      { ...information, operationalSupport: { hours: [], closedDates: ['2026-12-25'] } },
      { openNow: null, nextOpening: null, nextClosing: null },
    ],
    ['of an empty account nothing at all', {}, { contact: null, openNow: null }],
  ])('tells %s', (_, { ...changed }, expected) => {
    expect(refer(shareableOf(changed), monday)).toMatchObject(expected);
  });

  it('is made of what may be shared alone', () => {
    const shareable = shareableOf(information);
    const audiences = Object.keys(shareable).map(
      (field) => fieldRules[field as keyof typeof fieldRules].audience,
    );
    expect(audiences).toEqual(['shareable', 'shareable']);
    expect(JSON.stringify(shareable)).not.toContain(mark);
    expect(JSON.stringify(refer(shareable, monday))).not.toContain(mark);
    const whole = { account: 'acme-tours', ...refer(shareable, monday, 'UTC') };
    expect(Referral.parse(whole)).toEqual(whole);
  });
});
