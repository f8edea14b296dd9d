import { message, messagesSummary } from './mailpit-shapes.js';
import { StoredMail } from './stored-mail.js';

const raw = Buffer.from(
  [
    'From: =?UTF-8?Q?Signalb=C3=B8x?= <notifications@signalbox.example>',
    'To: page@acme-tours.example',
    'Subject: =?UTF-8?Q?Emerg=C3=AAncia?=:',
    ' integration disabled',
    'Message-ID: <d-1@signalbox.example>',
    'Date: Mon, 23 Nov 2026 09:30:00 +0100',
    'X-Signalbox-Event: evt-1',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'The text.',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>The <b>HTML</b>.</p>',
    '--b--',
    '',
  ].join('\r\n'),
);
const receivedAt = new Date('2026-11-23T08:30:01Z');
const mail = (): StoredMail =>
  new StoredMail(
    raw,
    { from: 'bounce@signalbox.example', to: ['page@acme-tours.example', 'blind@acme-tours.example'] },
    receivedAt,
  );

describe('the JSON of the mailbox', () => {
  it('lists a mail as Mailpit does', async () => {
    const one = mail();
    expect(await messagesSummary({ mails: [one], start: 0, limit: 50, total: 7, unread: 3 })).toEqual({
      total: 7,
      unread: 3,
      count: 1,
      messages_count: 1,
      messages_unread: 1,
      start: 0,
      tags: [],
      messages: [
        {
          ID: one.id,
          MessageID: 'd-1@signalbox.example',
          Read: false,
          From: { Name: 'Signalbøx', Address: 'notifications@signalbox.example' },
          To: [{ Name: '', Address: 'page@acme-tours.example' }],
          Cc: [],
          Bcc: [{ Name: '', Address: 'blind@acme-tours.example' }],
          ReplyTo: [],
          Subject: 'Emergência: integration disabled',
          Created: '2026-11-23T08:30:01.000Z',
          Username: '',
          Tags: [],
          Size: raw.length,
          Attachments: 0,
          Snippet: 'The text.',
        },
      ],
    });
  });

  it('gives one page and counts all that match', async () => {
    const mails = Array.from({ length: 5 }, mail);
    const page = await messagesSummary({ mails, start: 3, limit: 10, total: 9, unread: 9 });
    expect(page).toMatchObject({ start: 3, count: 2, messages_count: 5, total: 9 });
  });

  it('shows one mail as Mailpit does', async () => {
    expect(await message(mail())).toMatchObject({
      MessageID: 'd-1@signalbox.example',
      ReturnPath: 'bounce@signalbox.example',
      Subject: 'Emergência: integration disabled',
      Date: '2026-11-23T08:30:00.000Z',
      Text: 'The text.\n',
      HTML: '<p>The <b>HTML</b>.</p>\n',
      Inline: [],
      Attachments: [],
    });
  });

  it('gives headers by their canonical names', () => {
    expect(mail().headers.all).toMatchObject({
      'X-Signalbox-Event': ['evt-1'],
      'Message-Id': ['<d-1@signalbox.example>'],
    });
  });
});
