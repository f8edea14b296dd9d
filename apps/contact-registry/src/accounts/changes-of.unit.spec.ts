import type { PortalUser } from '@signalbox/contracts';
import { changedFields, changesOf, editsInformation, type AccountContent } from './changes-of.js';

const ana: PortalUser = { id: 'u1', email: 'ana@acme.example', language: 'pt-BR', role: 'admin' };
const bia: PortalUser = { id: 'u2', email: 'bia@acme.example', language: 'en', role: 'member' };
const one = (email: string) => ({ addresses: [{ email }] });
const before: AccountContent = {
  name: 'Acme',
  integrationType: 'ordering',
  locale: 'en',
  owner: null,
  acknowledgeWithinMinutes: 15,
  launched: false,
  users: [ana],
  information: { technicalEmergency: one('page@acme.example'), alertContacts: { userIds: ['u1'] } },
};

describe('what a change makes of an account', () => {
  it.each<[string, Partial<AccountContent>, [string, unknown, unknown][]]>([
    ['nothing', {}, []],
    ['the same again', { name: 'Acme', users: [{ ...ana }], information: { ...before.information } }, []],
    ['a fact', { name: 'Acme Tours', locale: 'en' }, [['name', 'Acme', 'Acme Tours']]],
    ['an owner', { owner: 'o@platform.example' }, [['owner', null, 'o@platform.example']]],
    ['a user who comes', { users: [ana, bia] }, [['users', null, bia]]],
    [
      'a user who changes',
      { users: [{ ...ana, role: 'member' }] },
      [['users', ana, { ...ana, role: 'member' }]],
    ],
    [
      'a user who goes and is told of nothing any more',
      { users: [bia], information: { ...before.information, alertContacts: { userIds: [] } } },
      [
        ['users', ana, null],
        ['users', null, bia],
        ['alertContacts', { userIds: ['u1'] }, { userIds: [] }],
      ],
    ],
    [
      'a field that comes and one that goes',
      { information: { alertContacts: { userIds: ['u1'] }, merchantIssues: one('shop@acme.example') } },
      [
        ['technicalEmergency', one('page@acme.example'), null],
        ['merchantIssues', null, one('shop@acme.example')],
      ],
    ],
  ])('is told field by field: %s', (_, set, expected) => {
    const changes = changesOf(before, set);
    expect(changes.map(({ field, before, after }) => [field, before, after])).toEqual(expected);
  });

  it('names each field once, and knows whether the contact information is edited', () => {
    const users = changesOf(before, { users: [bia] });
    expect([changedFields(users), editsInformation(users)]).toEqual([['users'], false]);
    const information = changesOf(before, { information: {} });
    expect(editsInformation(information)).toBe(true);
  });
});
