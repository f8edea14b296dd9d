import {
  accountMailKinds,
  AddressField,
  type AccountMailKind,
  type AlarmMailFacts,
} from '@signalbox/contracts';
import { anAccountMail } from '@signalbox/testing';
import { renderAccountMail, type AccountMailToRender } from './render-account-mail.js';

const secret = 'ZmFrZS1idXQtbG9uZy1lbm91Z2g';
const settings = { publicUrl: 'https://signalbox.example' };
const expiresAt = new Date('2026-11-30T09:15:00Z');
const kinds = Object.keys(accountMailKinds) as AccountMailKind[];

const anAlarm = {
  alarm: 'unknown-account',
  count: 23,
  since: '2026-11-25T09:15:00.000Z',
  events: [
    {
      id: 'a1b2',
      kind: 'production-incident',
      account: 'acme-turs',
      environment: 'production',
      title: 'Availability <calls> fail',
      step: null,
    },
  ],
} as const satisfies AlarmMailFacts;

const render = (kind: AccountMailKind, changes: Partial<AccountMailToRender> = {}) =>
  renderAccountMail(
    anAccountMail({
      kind,
      expiresAt,
      facts:
        kind === 'operator-alarm' ? anAlarm : { by: 'Bia Rocha', role: 'admin', field: 'technicalEmergency' },
      ...changes,
    }),
    accountMailKinds[kind].path === null ? null : secret,
    settings,
  );

/** What a person reads of the HTML. */
const seen = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replace(/&#x3D;/g, '=')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');

it.each<[AccountMailKind, string, string | null, string[]]>([
  [
    'sign-in-link',
    'Sign-in link: Acme Tours',
    '/sign-in',
    ['https://signalbox.example to sign in', 'ignore it'],
  ],
  ['invitation', 'Invitation: Acme Tours', '/invitation', ['Bia Rocha invites you', 'as administrator']],
  [
    'address-confirmation',
    'Address confirmation: Acme Tours',
    '/confirm-address',
    ['Bia Rocha entered this address under “Technical emergency”', 'told in emergencies'],
  ],
  [
    'test-mail',
    'Test mail: Technical emergency, Acme Tours',
    null,
    ['This is a test: nothing has happened', 'Bia Rocha asked for it', 'told in emergencies'],
  ],
  [
    'operator-alarm',
    'Alarm: Events for accounts that nobody knows (23)',
    null,
    [
      'Events for accounts that nobody knows: 23 since 2026-11-25 09:15 UTC',
      'acme-turs (production), production-incident “Availability',
      'event a1b2',
      'and 22 more',
    ],
  ],
])('%s says what it is, who asked for it, and until when it holds', (kind, subject, path, sentences) => {
  const mail = render(kind);
  expect(mail.subject).toBe(subject);
  for (const body of [mail.text, seen(mail.html)]) {
    for (const sentence of sentences) expect(body).toContain(sentence);
    expect(body.includes('until 2026-11-30 09:15 UTC')).toBe(path !== null);
    expect(body.includes('token=')).toBe(path !== null);
    if (path !== null) expect(body).toContain(`https://signalbox.example${path}?token=${secret}`);
  }
});

it.each(kinds)('text and HTML of %s hold the same facts', (kind) => {
  const { text, html } = render(kind);
  const words = (body: string) =>
    [...new Set(body.match(/[\p{L}\p{N}][\p{L}\p{N}?=/:.-]{2,}[\p{L}\p{N}]/gu))].sort();
  expect(words(seen(html.replace(/<head>[\s\S]*?<\/head>/, '')))).toEqual(words(text));
});

it.each(kinds)('the subject of %s has at most 60 characters, whatever the account is called', (kind) => {
  const account = { id: 'acme', name: 'Ein sehr langer Name, '.repeat(10) };
  expect([...render(kind, { account }).subject].length).toBeLessThanOrEqual(60);
});

it('a sign-in link for nobody’s account in particular names none', () => {
  const { subject, text } = render('sign-in-link', { account: null, facts: {} });
  expect(subject).toBe('Sign-in link: Signalbox');
  expect(text).not.toContain('undefined');
});

it('who asked is somebody at the account where no name is known', () => {
  expect(render('invitation', { facts: { role: 'member' } }).text).toContain(
    'Somebody at Acme Tours invites you',
  );
});

it.each(AddressField.options)('a test mail says what the field %s is for', (field) => {
  const { text } = render('test-mail', { facts: { field } });
  expect(text).toMatch(/“[A-Z][^”]+”/);
  expect(text).not.toMatch(/undefined|\{\{/);
});

describe('a hostile name', () => {
  const by = '<img src=x onerror=alert(1)>\r\nBcc: eve@evil.example \u202e{{account}}';

  it('is shown as text, on one line', () => {
    const { html, text, subject } = render('invitation', {
      account: { id: 'acme', name: '<b>Acme</b>\r\nSubject: forged' },
      facts: { by, role: 'member' },
    });
    expect(html).not.toMatch(/<img|<b>/);
    expect(text).not.toMatch(/^(Bcc|Subject):/m);
    expect(text).not.toContain('\u202e');
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it('makes no link that a mail program would follow', () => {
    const lure = 'Win at https://evil.example/now or www.evil.example';
    const { text } = render('invitation', { facts: { by: lure, role: 'member' } });
    expect(text).not.toMatch(/evil\.example|https:\/\/evil/);
  });
});

it('a link is made under a portal that has a path or a final slash', () => {
  const mail = anAccountMail({ kind: 'invitation', expiresAt });
  for (const publicUrl of ['https://p.example/portal', 'https://p.example/portal/']) {
    expect(renderAccountMail(mail, secret, { publicUrl }).text).toContain(
      `https://p.example/portal/invitation?token=${secret}`,
    );
  }
});

it('an unknown language gets English, and a mail without its secret is never made', () => {
  expect(render('invitation', { language: 'tlh' }).html).toContain('<html lang="en">');
  expect(() => renderAccountMail(anAccountMail({ kind: 'invitation' }), null, settings)).toThrow('no secret');
});

it('an alarm about a step says who is told now, and names every event when there are no more', () => {
  const [event] = anAlarm.events;
  const { text } = render('operator-alarm', {
    facts: { ...anAlarm, alarm: 'fell-back', count: 1, events: [{ ...event, step: 'accountOwner' }] },
  });
  expect(text).toContain('event a1b2; now told: the account’s owner');
  expect(text).not.toContain('more');
});
