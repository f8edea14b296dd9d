import { eventKinds, noticeKinds, type AccountSnapshot, type EventKind } from '@signalbox/contracts';
import { anAccountSnapshot, anEvent } from '@signalbox/testing';
import { decide } from './decide.js';
import type { DeliverySoFar, Facts } from './facts.js';

const now = new Date('2026-11-23T09:30:00Z');
const operators = 'operators@platform.example';
const acme = anAccountSnapshot();

const facts = (changes: Partial<Facts> = {}): Facts => ({
  account: acme,
  contactsMayBeStale: false,
  operatorsMailbox: operators,
  soFar: [],
  acknowledged: false,
  resolved: false,
  gathersUnroutable: false,
  ...changes,
});
const event = (kind: EventKind, environment: 'sandbox' | 'production' = 'production') =>
  anEvent({ kind, data: { environment, title: 'Something happened' } });
const delivery = (
  address: string,
  state: DeliverySoFar['state'],
  more: Partial<DeliverySoFar> = {},
): DeliverySoFar => ({
  address,
  state,
  step: 'technicalEmergency',
  bounced: false,
  reinstated: 0,
  toldAt: now,
  ...more,
});
const told = (decision: ReturnType<typeof decide>): string[] =>
  decision.tell.filter(({ suppressed }) => !suppressed).map(({ address }) => address);
const withContacts = (contacts: Partial<AccountSnapshot['contacts']>): AccountSnapshot =>
  anAccountSnapshot({ contacts });

describe('who is told', () => {
  it.each([
    ['production-incident', 'production', 'alertContacts', ['ana@acme-tours.example']],
    ['production-incident', 'sandbox', 'alertContacts', []],
    ['emergency', 'production', 'technicalEmergency', ['page@acme-tours.example']],
    ['emergency', 'sandbox', 'technicalEmergency', ['page@acme-tours.example']],
    ['migration-notice', 'production', 'technicalNonEmergency', ['dev@acme-tours.example']],
    ['matching-issue', 'sandbox', 'technicalNonEmergency', ['dev@acme-tours.example']],
    ['merchant-complaint', 'production', 'merchantIssues', ['merchants@acme-tours.example']],
    ['removal-request', 'production', 'merchantIssues', ['merchants@acme-tours.example']],
    ['user-escalation', 'production', 'operationalInternal', ['ops@acme-tours.example']],
  ] as const)('%s in %s goes to %s', (kind, environment, category, addresses) => {
    const decision = decide(event(kind, environment), facts(), now);
    expect(decision).toMatchObject({ rule: kind, category, contactVersion: acme.version });
    expect(told(decision)).toEqual(addresses);
  });

  it('names those who are not told of a sandbox incident, with the reason', () => {
    const decision = decide(event('production-incident', 'sandbox'), facts(), now);
    expect(decision).toMatchObject({ suppressed: 'alerts-are-production-only', state: 'suppressed' });
    expect(decision.tell).toEqual([
      expect.objectContaining({
        address: 'ana@acme-tours.example',
        suppressed: 'alerts-are-production-only',
      }),
    ]);
  });

  it('tells an address that stands twice in a category once', () => {
    const twice = [{ email: 'page@acme-tours.example' }, { email: 'page@acme-tours.example' }];
    const decision = decide(
      event('emergency'),
      facts({ account: withContacts({ technicalEmergency: twice }) }),
      now,
    );
    expect(told(decision)).toEqual(['page@acme-tours.example']);
  });

  it('tells a mailbox that is written in two cases once, as it was written first', () => {
    const twice = [{ email: 'Page@acme-tours.example' }, { email: 'page@acme-tours.example' }];
    const account = withContacts({ technicalEmergency: twice });
    expect(told(decide(event('emergency'), facts({ account }), now))).toEqual(['Page@acme-tours.example']);
    const soFar = [delivery('PAGE@acme-tours.example', 'pending')];
    expect(decide(event('emergency'), facts({ account, soFar }), now)).toMatchObject({
      tell: [],
      withdraw: [],
    });
  });

  it("gives alert users their own language and others the account's", () => {
    const account = withContacts({
      alertContacts: [{ userId: 'u1', email: 'ana@acme-tours.example', language: 'es' }],
    });
    expect(decide(event('production-incident'), facts({ account }), now).tell[0]?.language).toBe('es');
    expect(decide(event('emergency'), facts({ account }), now).tell[0]?.language).toBe('pt-BR');
  });
});

describe('when nobody is there', () => {
  const empty = {
    alertContacts: [],
    technicalEmergency: [],
    technicalNonEmergency: [],
    merchantIssues: [],
    operationalInternal: [],
  };

  it.each([
    ['an emergency', 'emergency', { technicalEmergency: [] }, 'dev@acme-tours.example'],
    [
      'an emergency',
      'emergency',
      { technicalEmergency: [], technicalNonEmergency: [] },
      'ana@acme-tours.example',
    ],
    ['an incident', 'production-incident', { alertContacts: [] }, 'dev@acme-tours.example'],
    ['a notice', 'migration-notice', { technicalNonEmergency: [] }, 'ana@acme-tours.example'],
    ['a complaint', 'merchant-complaint', { merchantIssues: [] }, 'ops@acme-tours.example'],
    ['an escalation', 'user-escalation', { operationalInternal: [] }, 'owner@platform.example'],
    ['anything', 'emergency', empty, 'owner@platform.example'],
  ] as const)('%s (%s) goes to the next step of its chain', (_, kind, contacts, next) => {
    const decision = decide(event(kind), facts({ account: withContacts(contacts as never) }), now);
    expect(told(decision)).toEqual([next]);
    expect(decision.notes).toContain('fell-back');
    expect(decision.tell[0]?.why).toBe('fallback');
  });

  it('the operators are told when there is no owner either', () => {
    const account = anAccountSnapshot({ owner: null, contacts: empty });
    for (const kind of eventKinds) {
      expect(told(decide(event(kind), facts({ account }), now))).toEqual([operators]);
    }
  });

  it('alert users are passed over in sandbox, with the reason', () => {
    const account = withContacts({ technicalEmergency: [], technicalNonEmergency: [] });
    const decision = decide(event('emergency', 'sandbox'), facts({ account }), now);
    expect(told(decision)).toEqual(['owner@platform.example']);
    expect(decision.passedOver).toContainEqual({ step: 'alertContacts', reason: 'production-only' });
  });

  it('a type that does not offer merchant issues falls back to operational internal, the reason told', () => {
    const account = anAccountSnapshot({ integrationType: 'things-to-do' });
    const decision = decide(event('merchant-complaint'), facts({ account }), now);
    expect(told(decision)).toEqual(['ops@acme-tours.example']);
    expect(decision.passedOver).toEqual([
      { step: 'merchantIssues', reason: 'not-offered-for-integration-type' },
    ]);
  });

  it('an account nobody knows is unroutable and goes to the operators, whatever the kind and environment', () => {
    for (const kind of eventKinds) {
      const decision = decide(event(kind, 'sandbox'), facts({ account: null }), now);
      expect(told(decision)).toEqual([operators]);
      expect(decision).toMatchObject({
        contactVersion: null,
        because: 'unknown-account',
        notes: ['unknown-account'],
      });
    }
  });

  it('one more of those shortly after waits for the mail that gathers them, but for an emergency', () => {
    for (const kind of eventKinds) {
      const decision = decide(event(kind, 'sandbox'), facts({ account: null, gathersUnroutable: true }), now);
      const suppressed = kind === 'emergency' ? undefined : 'gathered';
      expect(decision.tell).toEqual([
        expect.objectContaining({
          address: operators,
          step: 'operators',
          why: 'unroutable',
          ...(suppressed && { suppressed }),
        }),
      ]);
      expect(decision).toMatchObject({ because: 'unknown-account', notes: ['unknown-account'] });
      expect(decision.suppressed).toBe(suppressed);
    }
    expect(decide(event('user-escalation'), facts({ gathersUnroutable: true }), now).suppressed).toBe(
      undefined,
    );
  });
});

describe('when something has happened since', () => {
  it('nothing more is done once everybody was accepted', () => {
    const decision = decide(
      event('emergency'),
      facts({ soFar: [delivery('page@acme-tours.example', 'sent')] }),
      now,
    );
    expect(decision).toMatchObject({ tell: [], withdraw: [], state: 'delivered' });
  });

  it('a contact that joins after the last mail was accepted waits for the next event', () => {
    const account = anAccountSnapshot({
      version: 4,
      contacts: { technicalEmergency: [{ email: 'new@acme-tours.example' }] },
    });
    const soFar = [delivery('page@acme-tours.example', 'sent')];
    expect(decide(event('emergency'), facts({ account, soFar }), now)).toMatchObject({
      tell: [],
      state: 'delivered',
    });
  });

  it('a contact that left is withdrawn and the new one is told once', () => {
    const account = anAccountSnapshot({
      version: 4,
      contacts: { technicalEmergency: [{ email: 'new@acme-tours.example' }] },
    });
    const before = [delivery('page@acme-tours.example', 'pending')];
    const decision = decide(event('emergency'), facts({ account, soFar: before }), now);
    expect(told(decision)).toEqual(['new@acme-tours.example']);
    expect(decision).toMatchObject({ withdraw: ['page@acme-tours.example'], because: 'contacts-changed' });

    const after = [
      delivery('page@acme-tours.example', 'superseded'),
      delivery('new@acme-tours.example', 'pending'),
    ];
    expect(decide(event('emergency'), facts({ account, soFar: after }), now)).toMatchObject({
      tell: [],
      withdraw: [],
    });
  });

  it('those who stay in the category are not told again', () => {
    const account = withContacts({
      technicalEmergency: [{ email: 'page@acme-tours.example' }, { email: 'second@acme-tours.example' }],
    });
    const decision = decide(
      event('emergency'),
      facts({ account, soFar: [delivery('page@acme-tours.example', 'sending')] }),
      now,
    );
    expect(told(decision)).toEqual(['second@acme-tours.example']);
    expect(decision.withdraw).toEqual([]);
  });

  it('a contact that left and came back is told by a delivery of its own', () => {
    const soFar = [
      delivery('page@acme-tours.example', 'superseded'),
      delivery('new@acme-tours.example', 'pending'),
    ];
    const decision = decide(event('emergency'), facts({ soFar }), now);
    expect(decision.tell).toEqual([
      expect.objectContaining({ address: 'page@acme-tours.example', reinstated: 1 }),
    ]);
    expect(decision.withdraw).toEqual(['new@acme-tours.example']);
  });

  it.each(['refused', 'expired'] as const)(
    'a step whose only delivery was %s is followed by the next one',
    (state) => {
      const decision = decide(
        event('emergency'),
        facts({ soFar: [delivery('page@acme-tours.example', state)] }),
        now,
      );
      expect(told(decision)).toEqual(['dev@acme-tours.example']);
      expect(decision).toMatchObject({ because: 'nobody-accepted', notes: ['fell-back'] });
    },
  );

  it('a bounced mail counts as not accepted', () => {
    const soFar = [delivery('page@acme-tours.example', 'sent', { bounced: true })];
    expect(told(decide(event('emergency'), facts({ soFar }), now))).toEqual(['dev@acme-tours.example']);
  });

  it('one accepted member is enough: the others of the step may be refused', () => {
    const account = withContacts({
      technicalEmergency: [{ email: 'page@acme-tours.example' }, { email: 'gone@acme-tours.example' }],
    });
    const soFar = [
      delivery('page@acme-tours.example', 'sent'),
      delivery('gone@acme-tours.example', 'refused'),
    ];
    expect(decide(event('emergency'), facts({ account, soFar }), now)).toMatchObject({
      tell: [],
      state: 'delivered',
    });
  });

  it('ends undelivered only after the operators were refused too', () => {
    const soFar = [
      'page@acme-tours.example',
      'dev@acme-tours.example',
      'ana@acme-tours.example',
      'owner@platform.example',
      operators,
    ].map((address) => delivery(address, 'refused'));
    expect(decide(event('emergency'), facts({ soFar }), now)).toMatchObject({
      tell: [],
      state: 'undelivered',
      notes: ['fell-back', 'chain-exhausted'],
    });
  });
});

describe('an all-clear', () => {
  const ended = [
    {
      ...{ address: 'gone@acme-tours.example', language: 'pt-BR', step: 'technicalEmergency' as const },
      ...{ why: 'category' as const, reinstated: 2 },
    },
  ];
  const over = anEvent({
    data: { environment: 'production', title: 'Over', resolves: { source: 'urn:a', id: 'e0' } },
  });

  it('goes to those who were told of what it ends, and to no contact of now', () => {
    const decision = decide(over, facts({ ended }), now);
    expect(decision).toMatchObject({
      tell: [{ address: 'gone@acme-tours.example', why: 'told-before', reinstated: 0 }],
      passedOver: [],
      because: 'accepted',
      state: 'delivering',
    });
  });

  it.each([
    ['is with them', 'sent', 'delivered'],
    ['is on its way', 'sending', 'delivering'],
  ] as const)('that %s tells nobody else', (_, state, stands) => {
    const soFar = [delivery('gone@acme-tours.example', state)];
    expect(decide(over, facts({ ended, soFar }), now)).toMatchObject({
      tell: [],
      withdraw: [],
      state: stands,
    });
  });

  it.each([
    ['reached none of them', facts({ ended, soFar: [delivery('gone@acme-tours.example', 'refused')] })],
    ['ends what nobody was told of', facts({ ended: [] })],
  ])('that %s goes to the contacts', (_, known) => {
    expect(told(decide(over, known, now))).toEqual(['page@acme-tours.example']);
  });
});

describe('what an operator has cancelled', () => {
  const notice = event('migration-notice');

  it('tells nobody, and says whom it would have told', () => {
    const decision = decide(notice, facts({ cancelled: true }), now);
    expect(decision).toMatchObject({ suppressed: 'cancelled', state: 'suppressed' });
    expect(decision.tell.map(({ suppressed }) => suppressed)).toEqual(['cancelled']);
  });

  it.each([
    ['pending', ['dev@acme-tours.example'], 'delivering'],
    ['sending', ['dev@acme-tours.example'], 'delivering'],
    ['sent', [], 'delivered'],
    ['superseded', [], 'undelivered'],
  ] as const)('with a mail that is %s withdraws %j and tells nobody else', (state, withdraw, stands) => {
    const soFar = [delivery('dev@acme-tours.example', state, { step: 'technicalNonEmergency' })];
    const decision = decide(notice, facts({ cancelled: true, soFar }), now);
    expect(decision).toMatchObject({ tell: [], withdraw, state: stands, dueAt: null });
  });
});

it('what may be sent to many waits in the bulk lane, where nothing waits for it', () => {
  expect(noticeKinds.map((kind) => decide(event(kind), facts(), now).lane)).toEqual(['bulk']);
});
