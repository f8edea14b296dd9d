import { contactUpdatedType, type AccountSnapshot } from '@signalbox/contracts';
import { contactUpdatedMessage, readContactUpdatedMessage } from './contact-updated-message.js';

const snapshot: AccountSnapshot = {
  account: 'acme-tours',
  version: 7,
  name: 'Acme Tours',
  integrationType: 'things-to-do',
  locale: 'pt-BR',
  owner: 'owner@signalbox.example',
  launched: true,
  acknowledgeWithinMinutes: 15,
  contacts: {
    alertContacts: [{ userId: 'u1', email: 'ana@acme-tours.example', language: 'pt-BR' }],
    technicalEmergency: [{ email: 'page@acme-tours.example', label: 'Pager' }],
    technicalNonEmergency: [],
    merchantIssues: [],
    operationalInternal: [],
    operationalShared: null,
    operationalSupport: null,
  },
};
const { topic, message } = contactUpdatedMessage(snapshot, new Date('2026-11-23T09:30:00Z'));
const record = { key: message.key, value: Buffer.from(message.value ?? ''), headers: { ...message.headers } };

describe('contactUpdatedMessage', () => {
  it('goes to the compacted topic under the account, as a CloudEvent of that version', () => {
    expect(topic).toBe('signalbox.contact-updates');
    expect(message.key).toBe('acme-tours');
    expect(message.headers).toMatchObject({
      ce_id: 'acme-tours:7',
      ce_type: contactUpdatedType,
      ce_subject: 'acme-tours',
      ce_time: '2026-11-23T09:30:00.000Z',
    });
  });

  it('is read back as the same snapshot', () => {
    expect(readContactUpdatedMessage(record)).toEqual({ ok: true, snapshot });
  });

  it('holds nothing that the schema does not name', () => {
    const more = { ...snapshot, note: 'internal' };
    expect(contactUpdatedMessage(more, new Date(0)).message.value).not.toContain('internal');
  });
});

describe('readContactUpdatedMessage', () => {
  it('reads a structured one too', () => {
    const value = Buffer.from(
      JSON.stringify({ specversion: '1.0', type: contactUpdatedType, data: snapshot }),
    );
    expect(readContactUpdatedMessage({ ...record, value, headers: {} })).toEqual({ ok: true, snapshot });
  });

  it.each([
    ['no value', { ...record, value: null }, 'tombstone'],
    ['bytes that are not UTF-8', { ...record, value: Buffer.from([0xff]) }, 'not-utf8'],
    ['broken JSON', { ...record, value: Buffer.from('{') }, 'not-json'],
    ['another type', { ...record, headers: { ce_type: 'x' } }, 'unknown-type'],
    ['no type at all', { ...record, headers: {} }, 'unknown-type'],
    ['null', { ...record, value: Buffer.from('null') }, 'invalid-snapshot'],
    ['no version', { ...record, value: Buffer.from('{"account":"acme-tours"}') }, 'invalid-snapshot'],
    ['another key', { ...record, key: 'nova-stays' }, 'key-is-not-the-account'],
    ['no key', { ...record, key: null }, 'key-is-not-the-account'],
  ])('answers %s with a reason', (_, bad, reason) => {
    expect(readContactUpdatedMessage(bad)).toMatchObject({ ok: false, reason });
  });
});
