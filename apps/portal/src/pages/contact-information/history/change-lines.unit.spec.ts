import { contactFields } from '@signalbox/contracts';
import { changeLines, type Item, type Line } from './change-lines.js';

const address = (email: string): Item => ({ is: 'address', address: email });
const text = (value: string): Item => ({ is: 'text', text: value });
const list = (...addresses: { email: string; label?: string }[]) => ({ addresses });
const weekday = { days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'Europe/Berlin' };
const ana = { id: 'u1', email: 'ana@a.example', language: 'pt-BR', role: 'admin' };

describe('what a change did', () => {
  it.each<[string, unknown, unknown, Line[]]>([
    [
      'technicalEmergency',
      null,
      list({ email: 'a@a.example' }),
      [{ text: 'added', item: address('a@a.example') }],
    ],
    [
      'technicalEmergency',
      list(
        { email: 'a@a.example' },
        { email: 'b@a.example', label: 'B' },
        { email: 'd@a.example', label: 'D' },
      ),
      list({ email: 'b@a.example', label: 'BB' }, { email: 'c@a.example' }, { email: 'd@a.example' }),
      [
        { text: 'added', item: address('c@a.example') },
        { text: 'removed', item: address('a@a.example') },
        { text: 'label', item: address('b@a.example'), after: text('BB') },
        { text: 'noLabel', item: address('d@a.example') },
      ],
    ],
    [
      'alertContacts',
      { userIds: ['u1'] },
      { userIds: ['u2'] },
      [
        { text: 'added', item: { is: 'user', id: 'u2' } },
        { text: 'removed', item: { is: 'user', id: 'u1' } },
      ],
    ],
    [
      'operationalShared',
      { email: 'a@a.example', isBrandSupportAlias: true },
      { email: 'b@a.example', isBrandSupportAlias: false },
      [
        { text: 'changed', before: address('a@a.example'), after: address('b@a.example') },
        { text: 'aliasWithdrawn' },
      ],
    ],
    [
      'operationalShared',
      null,
      { email: 'a@a.example', isBrandSupportAlias: true },
      [{ text: 'set', after: address('a@a.example') }, { text: 'aliasConfirmed' }],
    ],
    [
      'operationalSupport',
      { hours: [weekday], closedDates: ['2026-12-25'] },
      { hours: [{ ...weekday, closes: '18:00' }], closedDates: ['2027-01-01'] },
      [
        { text: 'added', item: { is: 'range', range: { ...weekday, closes: '18:00' } as never } },
        { text: 'removed', item: { is: 'range', range: weekday as never } },
        { text: 'closedOn', item: { is: 'date', date: '2027-01-01' } },
        { text: 'notClosedOn', item: { is: 'date', date: '2026-12-25' } },
      ],
    ],
    ['users', null, ana, [{ text: 'added', item: address('ana@a.example') }]],
    ['users', { ...ana, name: 'Ana' }, null, [{ text: 'removed', item: text('Ana') }]],
    [
      'users',
      ana,
      { ...ana, name: 'Ana', role: 'member', language: 'es', email: 'ana@b.example' },
      [
        { text: 'role', item: text('Ana'), after: { is: 'role', role: 'member' } },
        { text: 'userEmail', item: text('Ana'), after: address('ana@b.example') },
        { text: 'userName', before: address('ana@a.example'), after: text('Ana') },
        { text: 'userLanguage', item: text('Ana'), after: { is: 'language', tag: 'es' } },
      ],
    ],
    ['name', 'Acme', 'Acme Tours', [{ text: 'changed', before: text('Acme'), after: text('Acme Tours') }]],
    ['locale', null, 'es', [{ text: 'set', after: { is: 'language', tag: 'es' } }]],
    ['acknowledgeWithinMinutes', 15, 30, [{ text: 'changed', before: text('15'), after: text('30') }]],
    ['launched', false, true, [{ text: 'launched' }]],
    ['technicalEmergency', 'no list', list({ email: 'a@a.example' }), [{ text: 'touched' }]],
    ['a field of later', 1, 2, [{ text: 'touched' }]],
  ])('to %s from %j to %j is said line by line', (field, before, after, expected) => {
    expect(changeLines({ field, before, after })).toEqual(expected);
  });

  it.each(contactFields)('to %s can be read', (field) => {
    const empty: Record<string, unknown> = {
      alertContacts: { userIds: ['u1'] },
      operationalShared: { email: 'a@a.example', isBrandSupportAlias: false },
      operationalSupport: { hours: [weekday] },
    };
    const after = empty[field] ?? list({ email: 'a@a.example' });
    expect(changeLines({ field, before: null, after })).not.toEqual([{ text: 'touched' }]);
  });
});
