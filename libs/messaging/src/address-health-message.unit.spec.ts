import { addressHealthType, type AddressHealth } from '@signalbox/contracts';
import { addressHealthMessage, readAddressHealthMessage } from './address-health-message.js';

const health: AddressHealth = {
  account: 'acme-tours',
  addressHash: '0123456789abcdef0123456789abcdef',
  observed: 'accepted',
  permanent: false,
  at: '2026-11-23T09:30:00.000Z',
};
const value = (data: unknown) => Buffer.from(JSON.stringify(data));
const headers = { ce_type: addressHealthType };
const structured = (event: object) => ({ value: value({ specversion: '1.0', ...event }), headers: {} });

describe('a message about an address', () => {
  const { topic, message } = addressHealthMessage('d1', health);

  it("is a CloudEvent under the delivery's id and the account's key, and reads back", () => {
    expect(topic).toBe('signalbox.address-health');
    expect(message.key).toBe('acme-tours');
    expect(message.headers).toMatchObject({ ce_id: 'd1', ce_type: addressHealthType, ce_time: health.at });
    const record = { value: Buffer.from(message.value ?? ''), headers: message.headers };
    expect(readAddressHealthMessage(record)).toEqual({ ok: true, health });
  });

  it('holds no address, even when it is given one', () => {
    const given = { ...health, address: 'page@acme-tours.example' } as AddressHealth;
    expect(addressHealthMessage('d1', given).message.value).not.toContain('@');
  });

  it('is read in structured mode too', () => {
    const event = structured({ type: addressHealthType, data: health });
    expect(readAddressHealthMessage(event)).toEqual({ ok: true, health });
  });

  it.each([
    ['no value', { value: null, headers }, 'tombstone'],
    ['no text', { value: Buffer.from([0xff]), headers }, 'not-utf8'],
    ['no JSON', { value: Buffer.from('{'), headers }, 'not-json'],
    ['another type', { value: value(health), headers: { ce_type: 'other' } }, 'unknown-type'],
    ['no type at all', structured({ data: health }), 'unknown-type'],
    [
      'an address instead of its hash',
      { value: value({ ...health, addressHash: 'a@b.c' }), headers },
      'invalid-address-health',
    ],
    [
      'an operator for a query',
      { value: value({ ...health, account: { $ne: '' } }), headers },
      'invalid-address-health',
    ],
    [
      'an instant that is none',
      { value: value({ ...health, at: 'yesterday' }), headers },
      'invalid-address-health',
    ],
    [
      'something else observed',
      { value: value({ ...health, observed: 'liked' }), headers },
      'invalid-address-health',
    ],
  ])('with %s is not read, and says why', (_what, record, reason) => {
    expect(readAddressHealthMessage(record)).toMatchObject({ ok: false, reason });
  });
});
