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
