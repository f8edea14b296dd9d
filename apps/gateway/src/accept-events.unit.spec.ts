import type { ApiKeyPrincipal, SignalboxEvent } from '@signalbox/contracts';
import { AcceptEvents, type PublishResult } from './accept-events.js';
import type { RawEvents } from './check-events.js';

const sender: ApiKeyPrincipal = { kind: 'api-key', id: 'k-1', name: 'sender', scopes: ['events:send'] };
const clock = { now: () => new Date('2026-11-23T09:30:00Z') };
const accepted: PublishResult = { outcome: 'accepted' };
const refused: PublishResult = { outcome: 'refused', cause: new Error('MESSAGE_TOO_LARGE') };
const notKnown: PublishResult = { outcome: 'not-known', cause: new Error('no acknowledgement') };

function batchOf(count: number): RawEvents {
  const event = { kind: 'emergency', account: 'acme-tours', source: undefined, time: undefined };
  const data = { environment: 'production', title: 'Disabled' };
  const events = Array.from({ length: count }, (_, place) => ({ ...event, id: `e-${place}`, data }));
  return { mode: 'batch', events };
}

function setUp(results: readonly PublishResult[]) {
  const published: SignalboxEvent[] = [];
  const noted: string[] = [];
  const publisher = {
    publish: (events: readonly SignalboxEvent[]) => {
      published.push(...events);
      return Promise.resolve(results);
    },
  };
  const book = { note: ({ id }: SignalboxEvent) => void noted.push(id) };
  let made = 0;
  const acceptEvents = new AcceptEvents(publisher, book, clock, () => `made-${(made += 1)}`);
  return { acceptEvents, published, noted };
}

const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);

describe('accepting events', () => {
  it('answers with what Kafka has acknowledged, and counts it', async () => {
    const { acceptEvents, noted } = setUp([accepted, accepted]);
    const acceptance = await acceptEvents.execute(batchOf(2), sender);
    const named = { source: 'urn:signalbox:sender:sender', kind: 'emergency', account: 'acme-tours' };
    expect(acceptance).toEqual({
      outcome: 'accepted',
      accepted: [
        { id: 'e-0', ...named },
        { id: 'e-1', ...named },
      ],
    });
    expect(noted).toEqual(['e-0', 'e-1']);
  });

  it('publishes nothing of a batch with a mistake in it', async () => {
    const { acceptEvents, published } = setUp([]);
    const { events } = batchOf(2);
    const broken = { mode: 'batch', events: [...events, { ...events[0], kind: 'party' }] } as RawEvents;
    expect(await acceptEvents.execute(broken, sender)).toMatchObject({ outcome: 'invalid' });
    expect(published).toEqual([]);
  });

  it('gives back the ids it made, when the acknowledgement did not come', async () => {
    const { acceptEvents, noted } = setUp([notKnown]);
    const [event] = batchOf(1).events;
    const raw = { mode: 'plain', events: [{ ...event, id: undefined }] } as RawEvents;
    expect(await acceptEvents.execute(raw, sender)).toMatchObject({
      outcome: 'not-known',
      notKnown: [
        { id: 'made-1', source: 'urn:signalbox:sender:sender', kind: 'emergency', account: 'acme-tours' },
      ],
      accepted: [],
    });
    expect(noted).toEqual([]);
  });

  it('says which of a batch are accepted and which may be', async () => {
    const { acceptEvents, noted } = setUp([accepted, notKnown, refused]);
    const acceptance = await acceptEvents.execute(batchOf(3), sender);
    if (acceptance.outcome !== 'not-known') throw new Error(acceptance.outcome);
    expect(idsOf(acceptance.accepted)).toEqual(['e-0']);
    expect(idsOf(acceptance.notKnown)).toEqual(['e-1']);
    expect(idsOf(acceptance.refused)).toEqual(['e-2']);
    expect(noted).toEqual(['e-0']);
  });

  it('names the one that Kafka refuses, and no neighbour pays for it', async () => {
    const { acceptEvents } = setUp([accepted, refused]);
    const acceptance = await acceptEvents.execute(batchOf(2), sender);
    if (acceptance.outcome !== 'partly-refused') throw new Error(acceptance.outcome);
    expect(acceptance.errors).toMatchObject([{ pointer: '/1', code: 'too-long' }]);
    expect(idsOf(acceptance.accepted)).toEqual(['e-0']);
  });

  it('takes an event without a result for not known', async () => {
    const { acceptEvents } = setUp([accepted]);
    expect(await acceptEvents.execute(batchOf(2), sender)).toMatchObject({ notKnown: [{ id: 'e-1' }] });
  });
});
