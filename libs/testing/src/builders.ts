import type { AccountSnapshot, SignalboxEvent } from '@signalbox/contracts';

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
