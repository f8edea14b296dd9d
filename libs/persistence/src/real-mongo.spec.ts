import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Delivery, Dispatch } from '@signalbox/contracts';
import { anEvent } from '@signalbox/testing';
import { connectMongo } from './connect-mongo.js';
import { createDispatchIndexes } from './models.js';

// No spec by itself: what the specs on a real MongoDB share. The server is shared too, so each spec has its own database.

/** A database of its own, with the indexes of the dispatch store; `end` removes it. */
export async function openDatabase(): Promise<{ connection: Connection; end: () => Promise<void> }> {
  const url = process.env.MONGO_URL;
  if (url === undefined) throw new Error('MONGO_URL is not set: run this through the project `int`.');
  const connection = await connectMongo({ url, database: `spec_${randomUUID().slice(0, 8)}` });
  await createDispatchIndexes(connection);
  return {
    connection,
    end: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

export const newId = (): string => randomUUID().replaceAll('-', '');

/** An open dispatch of one emergency, decided just now, that has told nobody yet. */
export function aDispatch(changes: Partial<Dispatch> = {}): Dispatch {
  const now = new Date();
  return {
    _id: newId(),
    event: anEvent(),
    bodyHash: 'b',
    origin: { topic: 'signalbox.emergencies', partition: 0, offset: 0 },
    acceptedAt: now,
    decidedAt: now,
    day: now.toISOString().slice(0, 10),
    accountName: 'Acme Tours',
    rule: 'emergency',
    category: 'technicalEmergency',
    lane: 'emergency',
    contactVersion: 3,
    passedOver: [],
    notes: [],
    rounds: [],
    state: 'delivering',
    open: true,
    revision: 1,
    toApply: null,
    ...changes,
  };
}

/** A delivery that is due and that nobody has claimed. */
export function aDelivery(changes: Partial<Delivery> = {}): Delivery {
  const now = new Date();
  return {
    _id: newId(),
    dispatch: 'd1',
    account: 'acme-tours',
    kind: 'emergency',
    category: 'technicalEmergency',
    lane: 'emergency',
    day: now.toISOString().slice(0, 10),
    acceptedAt: now,
    address: 'page@acme-tours.example',
    language: 'en',
    step: 'technicalEmergency',
    why: 'category',
    state: 'pending',
    attempt: 1,
    nextAttemptAt: new Date(now.getTime() - 1_000),
    claim: null,
    blanks: 0,
    transitions: [],
    ...changes,
  };
}
