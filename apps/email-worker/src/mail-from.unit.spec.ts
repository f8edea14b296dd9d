import { parseMailFrom } from './mail-from.js';

it.each([
  ['alerts@example.com', { name: '', address: 'alerts@example.com', domain: 'example.com' }],
  [
    'Signalbox <alerts@Example.com>',
    { name: 'Signalbox', address: 'alerts@example.com', domain: 'example.com' },
  ],
  [
    ' "Signalbox, Inc." <a@b.example> ',
    { name: 'Signalbox, Inc.', address: 'a@b.example', domain: 'b.example' },
  ],
])('reads %j', (text, from) => {
  expect(parseMailFrom(text)).toEqual(from);
});

it.each([
  '',
  'Signalbox',
  'a@localhost',
  'A <a@b.example>, B <b@b.example>',
  'A\r\nBcc: x <a@b.example>',
  '<a@b.example',
])('refuses %j', (text) => {
  expect(parseMailFrom(text)).toBeUndefined();
});
