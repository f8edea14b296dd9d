import { erasedAddress, type ContactInformation } from '@signalbox/contracts';
import { accountWithout, forgotten, usersWith } from './address-traces.js';

const address = 'Ana.Souza@acme.example';
const mask = erasedAddress('0123456789abcdef0123456789abcdef');
const ana = {
  id: 'u1',
  email: 'ana.souza@acme.example',
  language: 'pt',
  role: 'admin',
  name: 'Ana',
} as const;
const rui = { id: 'u2', email: 'rui@acme.example', language: 'pt', role: 'member' } as const;
const account = (information: ContactInformation, owner: string | null = null) => ({
  name: 'Acme (ana.souza@acme.example)',
  owner,
  users: [ana, rui],
  information,
});
const both = { addresses: [{ email: ana.email, label: 'Ana' }, { email: rui.email }] };
const onlyRui = { addresses: [{ email: rui.email }] };
const shared = { email: 'help@acme.example', isBrandSupportAlias: true };

describe('an account without an address', () => {
  it.each<[string, ContactInformation, ContactInformation]>([
    ['technicalEmergency', { technicalEmergency: both }, { technicalEmergency: onlyRui }],
    ['technicalNonEmergency', { technicalNonEmergency: both }, { technicalNonEmergency: onlyRui }],
    ['merchantIssues', { merchantIssues: both }, { merchantIssues: onlyRui }],
    ['operationalInternal', { operationalInternal: both }, { operationalInternal: onlyRui }],
    [
      'a field that it empties',
      { merchantIssues: { addresses: [{ email: ana.email }] } },
      { merchantIssues: { addresses: [] } },
    ],
    ['alertContacts', { alertContacts: { userIds: ['u1', 'u2'] } }, { alertContacts: { userIds: ['u2'] } }],
    ['operationalShared', { operationalShared: { ...shared, email: ana.email } }, {}],
    ['the shared one of others', { operationalShared: shared }, { operationalShared: shared }],
    [
      'a label of others',
      { operationalShared: { ...shared, label: `or ${address}` } },
      { operationalShared: { ...shared, label: `or ${mask}` } },
    ],
  ])('has it not in %s', (_, before, after) => {
    expect(accountWithout(account(before), address, mask)).toEqual({
      name: `Acme (${mask})`,
      owner: null,
      users: [rui],
      information: after,
    });
  });

  it('has no owner any more who was that, and keeps another', () => {
    expect(accountWithout(account({}, 'ANA.souza@acme.example'), address, mask).owner).toBeNull();
    expect(accountWithout(account({}, 'kim@platform.example'), address, mask).owner).toBe(
      'kim@platform.example',
    );
  });
});

it('the users with an address are found however it is written', () => {
  expect(usersWith({ users: [ana, rui] }, address)).toEqual(['u1']);
});

it('the history keeps neither the address nor the name beside it', () => {
  expect(forgotten([{ field: 'users', before: ana, after: rui }], address, mask)).toEqual([
    { field: 'users', before: { id: 'u1', email: mask, language: 'pt', role: 'admin' }, after: rui },
  ]);
  const changes = { field: 'technicalEmergency', before: both, after: null };
  expect(forgotten(changes, address, mask).before).toEqual({
    addresses: [{ email: mask }, { email: rui.email }],
  });
});
