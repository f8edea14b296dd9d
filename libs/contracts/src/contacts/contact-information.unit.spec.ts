import { ContactInformation, ContactInformationPatch, Label } from '../index.js';

const at = (count: number) => ({
  addresses: Array.from({ length: count }, (_, place) => ({ email: `page${place}@acme.example` })),
});
const range = { days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'America/Sao_Paulo' };
const shared = { email: 'help@acme.example', isBrandSupportAlias: true };

const inZones = (count: number) =>
  Intl.supportedValuesOf('timeZone')
    .slice(0, count)
    .map((timeZone) => ({ ...range, timeZone }));

/** Where something is wrong, as paths. */
const wrongIn = (information: unknown): string[] =>
  (ContactInformation.safeParse(information).error?.issues ?? []).map(({ path }) => path.join('.'));

describe('the shape of contact information', () => {
  it.each<[string, unknown]>([
    ['nothing, since a save may be partial', {}],
    ['as many addresses as a field holds', { technicalEmergency: at(20) }],
    [
      'one address twice in a field',
      { technicalEmergency: { addresses: [...at(1).addresses, ...at(1).addresses] } },
    ],
    ['ranges that overlap', { operationalSupport: { hours: [range, range] } }],
    ['closing when opening', { operationalSupport: { hours: [{ ...range, closes: '09:00' }] } }],
    ['a whole day', { operationalSupport: { hours: [{ ...range, opens: '00:00', closes: '24:00' }] } }],
    ['hours in twenty time zones', { operationalSupport: { hours: inZones(20) } }],
    ['closed dates', { operationalSupport: { hours: [range], closedDates: ['2028-02-29'] } }],
  ])('takes %s', (_, information) => {
    expect(wrongIn(information)).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['more addresses than a field holds', { technicalEmergency: at(21) }, ['technicalEmergency.addresses']],
    ['a shared address that is a list', { operationalShared: [shared, shared] }, ['operationalShared']],
    ['two shared addresses in one', { operationalShared: { ...shared, ...at(2) } }, ['operationalShared']],
    [
      'a shared address that nobody said anything about',
      { operationalShared: { email: 'help@acme.example' } },
      ['operationalShared.isBrandSupportAlias'],
    ],
    [
      'a confirmation that is no yes or no',
      { operationalShared: { ...shared, isBrandSupportAlias: 'true' } },
      ['operationalShared.isBrandSupportAlias'],
    ],
    [
      'free addresses among the alert contacts',
      { alertContacts: at(1) },
      ['alertContacts.userIds', 'alertContacts'],
    ],
    [
      'a label that breaks the line',
      { technicalEmergency: { addresses: [{ email: 'a@acme.example', label: 'a\r\nBcc: b' }] } },
      ['technicalEmergency.addresses.0.label'],
    ],
    [
      'times that are none',
      { operationalSupport: { hours: [{ ...range, opens: '24:00', closes: '25:00' }] } },
      ['operationalSupport.hours.0.opens', 'operationalSupport.hours.0.closes'],
    ],
    [
      'hours in more time zones than a team works in',
      { operationalSupport: { hours: inZones(21) } },
      ['operationalSupport.hours'],
    ],
    [
      'a date that is none',
      { operationalSupport: { hours: [range], closedDates: ['2027-02-29'] } },
      ['operationalSupport.closedDates.0'],
    ],
    [
      'everything that is wrong, at once',
      {
        technicalEmergency: { addresses: [{ email: '"a"@b.example' }] },
        operationalSupport: { hours: [{ ...range, days: [] }] },
      },
      ['technicalEmergency.addresses.0.email', 'operationalSupport.hours.0.days'],
    ],
  ])('refuses %s', (_, information, places) => {
    expect(wrongIn(information)).toEqual(places);
  });
});

describe('a label', () => {
  it.each([
    ['\ufeffAcme', 'Acme', 'a byte order mark'],
    ['Ac\u200bme\u2060', 'Acme', 'spaces without width'],
    ['Ac\u200dme', 'Acme', 'a joiner between letters that do not join'],
    ['a\u200b\u200db', 'ab', 'a joiner behind what is cut'],
    ['Acme \u200c', 'Acme', 'a joiner behind nothing'],
  ])('%j is %j: without %s', (text, label) => {
    expect(Label.parse(text)).toBe(label);
  });

  it.each([
    ['👩\u200d💻 on call', 'an emoji of several'],
    ['👩🏽\u200d🚒', 'an emoji with a colour of skin'],
    ['❤\ufe0f\u200d🔥', 'an emoji behind a variation selector'],
    ['می\u200cخواهم', 'Persian'],
    ['क्\u200dष', 'Devanagari'],
  ])('%s keeps the joiners that %s is written with', (text) => {
    expect(Label.parse(text)).toBe(text);
  });

  it('that is nothing to see is none', () => {
    expect(Label.safeParse('\u200b\u2060').success).toBe(false);
  });
});

describe('a patch of contact information', () => {
  it.each([
    ['removes by null', { merchantIssues: null, operationalShared: { label: null } }, true],
    [
      'changes one member',
      { operationalShared: { label: 'Help' }, operationalSupport: { closedDates: [] } },
      true,
    ],
    ['has no other member', { operationalShared: { phone: '1' } }, false],
  ])('%s', (_, patch, isOne) => {
    expect(ContactInformationPatch.safeParse(patch).success).toBe(isOne);
  });
});
