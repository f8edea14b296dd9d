import { randomUUID } from 'node:crypto';
import {
  accountMailExpiry,
  type AccountMail,
  type AccountSnapshot,
  type Delivery,
  type Dispatch,
  type SignalboxEvent,
} from '@signalbox/contracts';

type Contacts = AccountSnapshot['contacts'];

/** A launched account with one address in each category; `contacts` replaces single fields. */
export function anAccountSnapshot(
  changes: Partial<Omit<AccountSnapshot, 'contacts'>> & { readonly contacts?: Partial<Contacts> } = {},
): AccountSnapshot {
  const { contacts, ...facts } = changes;
  return {
    account: 'acme-tours',
    version: 3,
    name: 'Acme Tours',
    integrationType: 'ordering',
    locale: 'pt-BR',
    owner: 'owner@platform.example',
    launched: true,
    acknowledgeWithinMinutes: 15,
    ...facts,
    contacts: {
      alertContacts: [{ userId: 'u1', email: 'ana@acme-tours.example', language: 'pt-BR' }],
      technicalEmergency: [{ email: 'page@acme-tours.example' }],
      technicalNonEmergency: [{ email: 'dev@acme-tours.example' }],
      merchantIssues: [{ email: 'merchants@acme-tours.example' }],
      operationalInternal: [{ email: 'ops@acme-tours.example' }],
      operationalShared: { email: 'support@acme-tours.example' },
      operationalSupport: null,
      ...contacts,
    },
  };
}

/** An emergency in production, as the gateway accepts it. */
export function anEvent(changes: Partial<SignalboxEvent> = {}): SignalboxEvent {
  return {
    id: 'e-1',
    source: 'urn:signalbox:sender:test',
    kind: 'emergency',
    account: 'acme-tours',
    time: '2026-11-23T09:30:00.000Z',
    identity: 'caller',
    data: { environment: 'production', title: 'Integration disabled' },
    ...changes,
  };
}

/** An id as the keyed hash makes them: 32 lower-case hex characters. */
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
    dueAt: null,
    acknowledgement: null,
    resolvedAt: null,
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

/** An invitation that is due and that nobody has claimed. */
export function anAccountMail(changes: Partial<AccountMail> = {}): AccountMail {
  const now = new Date();
  return {
    _id: newId(),
    kind: 'invitation',
    account: { id: 'acme-tours', name: 'Acme Tours' },
    address: 'ana@acme-tours.example',
    addressHash: 'hash-of-ana',
    language: 'en',
    facts: { by: 'Bia Rocha', role: 'member' },
    sealedSecret: 'sealed',
    createdAt: now,
    expiresAt: accountMailExpiry(changes.kind ?? 'invitation', now),
    state: 'pending',
    attempt: 1,
    nextAttemptAt: new Date(now.getTime() - 1_000),
    claim: null,
    blanks: 0,
    transitions: [],
    ...changes,
  };
}
