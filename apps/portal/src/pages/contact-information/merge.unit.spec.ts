import { contactFields, type ContactInformation } from '@signalbox/contracts';
import { differencesOf, merge } from './merge.js';

const addresses = (...emails: string[]) => ({ addresses: emails.map((email) => ({ email })) });
const base: ContactInformation = {
  technicalEmergency: addresses('page@acme.example'),
  technicalNonEmergency: addresses('tech@acme.example'),
};

describe('where two people differ', () => {
  it.each<[string, ContactInformation, ContactInformation, unknown]>([
    ['nowhere', base, base, []],
    [
      'where one alone has changed, that one is meant',
      { ...base, technicalEmergency: addresses('mine@acme.example') },
      { ...base, technicalNonEmergency: addresses('theirs@acme.example') },
      [
        { field: 'technicalEmergency', suggested: 'mine' },
        { field: 'technicalNonEmergency', suggested: 'theirs' },
      ],
    ],
    [
      'where both have changed, nobody is',
      { ...base, technicalEmergency: addresses('mine@acme.example') },
      { ...base, technicalEmergency: addresses('theirs@acme.example') },
      [{ field: 'technicalEmergency', suggested: undefined }],
    ],
    [
      'where one has emptied a field',
      { technicalNonEmergency: addresses('tech@acme.example') },
      base,
      [{ field: 'technicalEmergency', suggested: 'mine' }],
    ],
    [
      'not where only the order of the members differs',
      { operationalShared: { email: 'help@acme.example', label: 'Help', isBrandSupportAlias: true } },
      { operationalShared: { isBrandSupportAlias: true, label: 'Help', email: 'help@acme.example' } },
      [],
    ],
  ])('%s', (name, mine, theirs, expected) => {
    const began = name.startsWith('not') ? {} : base;
    expect(differencesOf(began, mine, theirs, contactFields)).toEqual(expected);
  });
});

describe('a merge', () => {
  const mine = { technicalEmergency: addresses('mine@acme.example') };
  const theirs = {
    technicalEmergency: addresses('theirs@acme.example'),
    operationalInternal: addresses('ops@acme.example'),
  };

  it('is theirs but for what was chosen of mine', () => {
    expect(merge(mine, theirs, { technicalEmergency: 'mine', operationalInternal: 'theirs' })).toEqual({
      technicalEmergency: mine.technicalEmergency,
      operationalInternal: theirs.operationalInternal,
    });
  });

  it('leaves out what mine has emptied', () => {
    expect(merge(mine, theirs, { operationalInternal: 'mine' })).toEqual({
      technicalEmergency: theirs.technicalEmergency,
    });
  });
});
