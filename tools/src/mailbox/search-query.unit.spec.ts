import { readMailHeaders } from './mail-headers.js';
import { parseSearch, termsOf } from './search-query.js';

const headers = readMailHeaders(
  Buffer.from(
    [
      'From: Signalbox <notifications@signalbox.example>',
      'To: =?UTF-8?Q?Ana_S=C3=A3o?= <page@acme-tours.example>',
      'Subject: Emergency: integration disabled',
      'Message-ID: <d-123@signalbox.example>',
      '',
      '',
    ].join('\r\n'),
  ),
);
const mail = {
  headers,
  read: false,
  searchText: () => Promise.resolve('the booking page answers 500 to everybody'),
};

describe('a search in Mailpit’s words', () => {
  it.each([
    ['to:page@acme-tours.example', true],
    ['to:PAGE@', true],
    ['to:ana', true],
    ['to:dev@acme-tours.example', false],
    ['from:notifications@', true],
    ['subject:disabled', true],
    ['subject:"integration disabled"', true],
    ['subject:"disabled integration"', false],
    ['message-id:d-123@signalbox.example', true],
    ['message-id:<d-123@signalbox.example>', true],
    ['message-id:d-124@signalbox.example', false],
    ['booking', true],
    ['"booking page"', true],
    ['"page booking"', false],
    ['to:page@ subject:emergency booking', true],
    ['to:page@ subject:resolved', false],
    ['-subject:resolved', true],
    ['!to:page@', false],
    ['is:unread', true],
    ['is:read', false],
  ])('%s → %s', async (query, expected) => {
    expect(await parseSearch(query)(mail)).toBe(expected);
  });

  it('keeps quoted words together and drops the quotes', () => {
    expect(termsOf('to:a@b subject:"two words" "three more words"')).toEqual([
      'to:a@b',
      'subject:two words',
      'three more words',
    ]);
  });
});
