import type { Connection } from 'mongoose';
import { eventually, newId } from '@signalbox/testing';
import { takeLease } from './lease.js';
import { openDatabase } from './real-mongo.spec.js';

let connection: Connection;
let end: () => Promise<void>;
beforeAll(async () => ({ connection, end } = await openDatabase()));
afterAll(() => end());

const hourMs = 3_600_000;

describe('a lease', () => {
  it('is had by exactly one of many that take it at once, the first time and when it has run out', async () => {
    const name = newId();
    const takers = Array.from({ length: 20 }, (_, index) => `router-${index}`);
    const take = (forMs: number) => Promise.all(takers.map((by) => takeLease(connection, name, by, forMs)));

    const first = await take(hourMs);
    expect(first.filter(Boolean)).toHaveLength(1);
    const holder = takers[first.indexOf(true)] ?? '';

    // The holder gives it up by taking it for no time; who wins then keeps it.
    expect(await takeLease(connection, name, holder, -1)).toBe(true);
    expect((await take(hourMs)).filter(Boolean)).toHaveLength(1);
  });

  it('stays with its holder, who may prolong it, and with nobody else', async () => {
    const name = newId();
    expect(await takeLease(connection, name, 'a', hourMs)).toBe(true);
    expect(await takeLease(connection, name, 'b', hourMs)).toBe(false);
    expect(await takeLease(connection, name, 'a', hourMs)).toBe(true);
    expect(await takeLease(connection, name, 'b', hourMs)).toBe(false);
  });

  it('goes to another when its time is up', async () => {
    const name = newId();
    expect(await takeLease(connection, name, 'a', 200)).toBe(true);
    expect(await takeLease(connection, name, 'b', 200)).toBe(false);
    await eventually(() => takeLease(connection, name, 'b', hourMs), { what: 'b getting the lease' });
    expect(await takeLease(connection, name, 'a', hourMs)).toBe(false);
  });

  it('of another name is another lease', async () => {
    expect(await takeLease(connection, newId(), 'a', hourMs)).toBe(true);
    expect(await takeLease(connection, newId(), 'b', hourMs)).toBe(true);
  });
});
