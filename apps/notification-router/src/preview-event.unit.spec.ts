import { PlainEvent, Preview, type AccountSnapshot, type Principal } from '@signalbox/contracts';
import { anAccountSnapshot } from '@signalbox/testing';
import { PreviewEvent } from './preview-event.js';

const keyWith = (...scopes: ('events:send' | 'operator')[]): Principal => ({
  kind: 'api-key',
  id: 'k1',
  name: 'a key',
  scopes,
});
const sender = keyWith('events:send');
const operator = keyWith('operator');
const partner: Principal = {
  kind: 'portal-user',
  id: 'p1',
  memberships: [
    { account: 'acme-tours', user: 'u1', role: 'member', missing: { sandbox: [], production: [] } },
  ],
};

const preview = (account: AccountSnapshot | null, { mayBeStale = false, gathers = false } = {}) =>
  new PreviewEvent({
    contacts: { forAccounts: () => Promise.resolve({ of: () => account, mayBeStale: () => mayBeStale }) },
    operatorsMailbox: 'operators@platform.example',
    operators: { gathersUnroutable: () => Promise.resolve(gathers) },
    clock: { now: () => new Date('2026-11-23T09:30:00Z') },
  });
const emergency = (environment: 'production' | 'sandbox' = 'production') =>
  PlainEvent.parse({ kind: 'emergency', account: 'acme-tours', environment, title: 't' });
const incident = PlainEvent.parse({
  kind: 'production-incident',
  account: 'acme-tours',
  environment: 'sandbox',
  title: 't',
});

describe('a preview', () => {
  it('tells an operator who would be told now, and why', async () => {
    const seen = await preview(anAccountSnapshot()).execute(emergency(), operator);
    expect(seen).toEqual({
      kind: 'emergency',
      account: 'acme-tours',
      environment: 'production',
      rule: 'emergency',
      category: 'technicalEmergency',
      lane: 'emergency',
      contactVersion: 3,
      suppressed: null,
      passedOver: [],
      notes: [],
      masked: false,
      recipients: [
        {
          address: 'page@acme-tours.example',
          language: 'pt-BR',
          step: 'technicalEmergency',
          why: 'category',
          suppressed: null,
        },
      ],
    });
    expect(Preview.parse(seen)).toEqual(seen);
  });

  it('tells a sender categories and counts, and no address', async () => {
    const two = anAccountSnapshot({
      contacts: { technicalEmergency: [{ email: 'page@acme-tours.example' }, { email: 'noc@else.example' }] },
    });
    const seen = await preview(two).execute(emergency(), sender);
    expect(seen).toMatchObject({ masked: true, category: 'technicalEmergency' });
    expect(seen.recipients.map(({ address }) => address)).toEqual(['p***@***', 'n***@***']);
    expect(JSON.stringify(seen)).not.toMatch(/example/);
  });

  it('masks the operators and the owner for a sender, and those who are not to be told', async () => {
    const unknown = await preview(null).execute(emergency(), sender);
    const empty = anAccountSnapshot({
      contacts: { technicalEmergency: [], technicalNonEmergency: [], alertContacts: [] },
    });
    const owner = await preview(empty).execute(emergency(), sender);
    const quiet = await preview(anAccountSnapshot()).execute(incident, sender);
    for (const seen of [unknown, owner, quiet]) {
      expect(seen.recipients).toHaveLength(1);
      expect(JSON.stringify(seen)).not.toMatch(/example/);
    }
    expect(unknown.recipients[0]).toMatchObject({ step: 'operators', why: 'unroutable' });
    expect(owner.recipients[0]).toMatchObject({ step: 'accountOwner', why: 'fallback' });
    expect(quiet).toMatchObject({ suppressed: 'alerts-are-production-only' });
    expect(quiet.recipients[0]).toMatchObject({ suppressed: 'alerts-are-production-only' });
  });

  it('tells a partner their own contacts as they are, and of the platform only that it would be told', async () => {
    const own = await preview(anAccountSnapshot()).execute(emergency(), partner);
    expect(own).toEqual(await preview(anAccountSnapshot()).execute(emergency(), operator));
    const nobody = anAccountSnapshot({
      contacts: { technicalEmergency: [], technicalNonEmergency: [], alertContacts: [] },
    });
    for (const owner of ['owner@platform.example', null]) {
      const seen = await preview({ ...nobody, owner }).execute(emergency(), partner);
      const step = owner === null ? 'operators' : 'accountOwner';
      expect(seen).toMatchObject({ masked: false, recipients: [{ address: 'platform staff', step }] });
      expect(JSON.stringify(seen)).not.toContain('platform.example');
    }
  });

  it('says when an event of an account that nobody knows would wait for the mail that gathers', async () => {
    const complaint = PlainEvent.parse({ ...incident, kind: 'merchant-complaint' });
    const seen = await preview(null, { gathers: true }).execute(complaint, operator);
    expect(seen).toMatchObject({ suppressed: 'gathered', recipients: [{ suppressed: 'gathered' }] });
    expect(await preview(anAccountSnapshot(), { gathers: true }).execute(complaint, operator)).toMatchObject({
      suppressed: null,
    });
  });

  it('says when the contacts may be stale', async () => {
    const seen = await preview(anAccountSnapshot(), { mayBeStale: true }).execute(emergency(), operator);
    expect(seen.notes).toEqual(['contacts-may-be-stale']);
  });
});
