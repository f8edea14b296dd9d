import {
  chainSteps,
  eventKinds,
  recipientReasons,
  type ChainStep,
  type Delivery,
  type EventData,
  type EventKind,
} from '@signalbox/contracts';
import { anEvent } from '@signalbox/testing';
import { renderEmail, type MailedDispatch } from './render-email.js';
import { en } from './templates/languages/en.js';

const now = new Date('2026-11-23T09:30:30Z');
const signingKeys = { current: 'k'.repeat(32) };
const publicUrl = 'https://signalbox.example';

interface Case {
  kind?: EventKind;
  data?: Partial<EventData> & Readonly<Record<string, unknown>>;
  accountName?: string;
  id?: string;
  delivery?: Partial<Pick<Delivery, 'language' | 'step' | 'why'>>;
  at?: Date;
}

function render({
  kind = 'emergency',
  data = {},
  accountName = 'Acme Tours',
  id,
  delivery = {},
  at = now,
}: Case = {}) {
  const dispatch: MailedDispatch = {
    event: anEvent({
      kind,
      ...(id !== undefined && { id }),
      data: { environment: 'production', title: 'Integration disabled', ...data },
    }),
    accountName,
  };
  return renderEmail(
    { _id: 'd1', language: 'en', step: 'technicalEmergency', why: 'category', ...delivery },
    dispatch,
    { publicUrl, signingKeys },
    at,
  );
}

/** What a reader of the HTML sees: no tags, entities read. */
const shown = (html: string): string =>
  html
    .replace(/<title>.*?<\/title>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(lt|gt|quot|amp|#x27|#x3D|#x60);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\s+/g, ' ');
const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  amp: '&',
  '#x27': "'",
  '#x3D': '=',
  '#x60': '`',
};

describe('the subject', () => {
  it.each([
    ['production-incident', 'Production incident: Acme Tours: Integration disabled'],
    ['emergency', 'Emergency: Acme Tours: Integration disabled'],
    ['migration-notice', 'Migration notice: Acme Tours: Integration disabled'],
    ['matching-issue', 'Matching issue: Acme Tours: Integration disabled'],
    ['merchant-complaint', 'Merchant complaint: Acme Tours: Integration disabled'],
    ['removal-request', 'Removal request: Acme Tours: Integration disabled'],
    ['user-escalation', 'User escalation: Acme Tours: Integration disabled'],
  ] as const)('of %s is «%s»', (kind, subject) => {
    expect(render({ kind }).subject).toBe(subject);
  });

  it('says first that it is about the sandbox', () => {
    expect(render({ data: { environment: 'sandbox' } }).subject).toBe(
      'Emergency [SANDBOX]: Acme Tours: Integration disabled',
    );
  });

  it('says resolved for an all-clear, after the word of its kind', () => {
    expect(render({ kind: 'production-incident', data: { status: 'resolved' } }).subject).toBe(
      'Production incident resolved: Acme Tours: Integration disabled',
    );
    expect(render({ data: { resolves: { source: 's', id: '1' } } }).subject).toMatch(/^Emergency resolved: /);
  });

  it('is cut between words when it is long, and keeps the kind and the beginning of title', () => {
    const { subject } = render({ accountName: 'A'.repeat(90), data: { title: 'many words '.repeat(18) } });
    expect([...subject].length).toBeLessThanOrEqual(120);
    expect(subject).toMatch(/^Emergency: A{39}…: many words many .*(words|many)…$/);
  });

  it('holds no line break or control character, whoever put them in', () => {
    const { subject } = render({
      accountName: 'Acme\r\nBcc: eve@evil.example',
      data: { title: 'Down\r\nX-Injected: yes\u0000\u202e' },
    });
    expect(subject).toBe('Emergency: Acme Bcc: eve@evil.example: Down X-Injected: yes');
  });

  it('does not cut a character in two', () => {
    expect(render({ data: { title: '😀'.repeat(200) } }).subject).not.toMatch(/\p{Surrogate}/u);
  });
});

it.each([
  ['emergency', { impact: 'No bookings at all' }, ['Impact', 'No bookings at all']],
  [
    'migration-notice',
    { effectiveAt: '2027-01-01T00:00:00Z', deadline: '2027-06-30T22:00:00+02:00' },
    ['Effective at', '2027-01-01 00:00 UTC', 'Deadline', '2027-06-30 20:00 UTC'],
  ],
  [
    'merchant-complaint',
    { merchantName: 'Bar Zero', merchantId: 'm-9', complaint: 'We never agreed.' },
    ['Merchant', 'Bar Zero', 'm-9', 'Complaint', 'We never agreed.'],
  ],
  ['removal-request', { merchantName: 'Bar Zero', complaint: 'Take us out' }, ['Bar Zero', 'Take us out']],
  [
    'user-escalation',
    { reservationReference: 'R-77', reason: 'The table was given away.' },
    ['Reservation', 'R-77', 'The table was given away.'],
  ],
  ['production-incident', { status: 'firing' }, []],
  ['matching-issue', {}, []],
] as const)(
  'a mail of %s says in text and HTML alike what happened, and its own facts',
  (kind, own, facts) => {
    const mail = render({
      kind,
      data: {
        ...own,
        summary: 'First line\nsecond line',
        severity: 'critical',
        details: { region: 'eu-west', 'error rate': '93 %' },
        links: [{ label: 'Runbook', url: 'https://runbooks.example/a?b=1&c=2' }],
      },
    });
    const expected = [
      'Acme Tours',
      'Integration disabled',
      'Production',
      'Critical',
      'First line',
      'second line',
      'region',
      'eu-west',
      'error rate',
      '93 %',
      'Runbook',
      'https://runbooks.example/a?b=1&c=2',
      '2026-11-23 09:30 UTC',
      'e-1',
      publicUrl,
      ...facts,
    ];
    for (const fact of expected) {
      expect(mail.text).toContain(fact);
      expect(shown(mail.html)).toContain(fact);
    }
    expect(mail.html).toContain('href="https://runbooks.example/a?b&#x3D;1&amp;c&#x3D;2"');
  },
);

it('escapes whatever a sender wrote, in every place of the HTML', () => {
  const attack = '<script>alert("x")</script>\'"><img src=x onerror=alert(1)>';
  const { html } = render({
    accountName: attack,
    id: attack,
    data: {
      title: attack,
      summary: attack,
      impact: attack,
      details: { [attack]: attack },
      links: [{ label: attack, url: `https://x.example/?q="onmouseover="alert(1)` }],
    },
  });
  expect(html).not.toMatch(/<script|<img|onmouseover="|"onmouseover/i);
  expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(7);
});

describe('the line that says why the reader gets it', () => {
  it('names the role and the account', () => {
    const { text, html } = render({ delivery: { step: 'alertContacts' } });
    expect(text).toContain('You are an alert contact of Acme Tours.');
    expect(shown(html)).toContain('You are an alert contact of Acme Tours.');
  });

  it.each(chainSteps)('of %s is one of its own', (step: ChainStep) => {
    expect(render({ delivery: { step } }).text).toContain(
      en.because[step].replace('{{account}}', 'Acme Tours'),
    );
  });

  it.each(recipientReasons)('says when others should have been told before: %s', (why) => {
    const { text } = render({ delivery: { step: 'operators', why } });
    expect(text.includes(en.fallback)).toBe(why === 'fallback');
    expect(text.includes(en.unroutable)).toBe(why === 'unroutable');
  });
});

describe('the first line', () => {
  it('says that a mail is late when its event is older than two minutes, and how old it is', () => {
    const { text, html } = render({ at: new Date('2026-11-23T09:44:10Z') });
    const late = 'This mail is late: it is about 2026-11-23 09:30 UTC, 14 minutes before it was sent.';
    expect(text.split('\n')[0]).toBe(late);
    expect(shown(html).trim().startsWith(late)).toBe(true);
    expect(render().text).not.toContain('late');
  });

  it('says that it is over when it is an all-clear', () => {
    const { text } = render({ kind: 'production-incident', data: { status: 'resolved' } });
    expect(text.split('\n')[0]).toBe(en.allClear);
  });
});

it('says in words that the sandbox is meant', () => {
  expect(render({ data: { environment: 'sandbox' } }).text).toContain(en.sandbox);
  expect(render().text).not.toContain(en.sandbox);
});

it('takes English for a language that it has not', () => {
  expect(render({ delivery: { language: 'pt-BR' } })).toEqual(render());
  expect(render({ delivery: { language: 'en-GB' } }).html).toContain('<html lang="en">');
});

it.each(eventKinds)(
  'every language has the words of %s, and an all-clear begins with the same word',
  (kind) => {
    const { word, resolved } = en.kinds[kind];
    expect(resolved.startsWith(word)).toBe(true);
  },
);

it('holds no address of ours or of the reader', () => {
  const { text, html, subject } = render({ delivery: { step: 'operators', why: 'fallback' } });
  expect(`${subject}${text}${html}`).not.toMatch(/@/);
});

it('drops control and direction characters from paragraphs but keeps their lines', () => {
  const { text } = render({ data: { summary: 'one\r\ntwo\u0007\u202ethree' } });
  expect(text).toContain('one\ntwothree');
});

describe('the way to say "I am on it"', () => {
  const url = /https:\/\/signalbox\.example\/acknowledge\?token=d1\.[\w-]{43}/;

  it('stands in every mail of an emergency, in text and HTML alike', () => {
    const mail = render();
    expect(mail.text).toMatch(url);
    expect(mail.html).toMatch(new RegExp(`href="${url.source.replace('=', '&#x3D;')}"`));
  });

  it.each([
    ['an all-clear', { data: { resolves: { source: 'urn:a', id: 'e0' } } }],
    ['what is no emergency', { kind: 'production-incident' }],
  ] as const)('is not asked of %s', (_, changes) => {
    expect(render(changes).text).not.toContain('/acknowledge');
  });
});
