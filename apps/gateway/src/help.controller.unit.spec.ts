import { helpLinksOf } from './help.controller.js';

const PUBLIC_URL = 'https://partners.example/signalbox/';
const documents = 'https://partners.example/signalbox/docs';

it.each([
  [{ PUBLIC_URL }, documents, documents],
  [{ PUBLIC_URL, SUPPORT_URL: 'https://help.example/s' }, 'https://help.example/s', documents],
  [{ PUBLIC_URL, HELP_URL: 'https://help.example/h' }, documents, 'https://help.example/h'],
])('%j leads to support and guide', (settings, supportUrl, helpUrl) => {
  expect(helpLinksOf(settings)).toEqual({ supportUrl, helpUrl });
});

it('and on a local stack to its mailbox', () => {
  const links = helpLinksOf({ PUBLIC_URL, MAILBOX_URL: 'http://127.0.0.1:8025' });
  expect(links.mailboxUrl).toBe('http://127.0.0.1:8025');
  expect(helpLinksOf({ PUBLIC_URL })).not.toHaveProperty('mailboxUrl');
});
