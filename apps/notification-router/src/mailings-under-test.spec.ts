import type { AccountSnapshot, ConfirmedBy, Problem, SignalboxEvent } from '@signalbox/contracts';
import { renderEmail } from '@signalbox/mails';
import { bodyHash } from '@signalbox/messaging';
import { ProblemError, type Clock } from '@signalbox/runtime';
import { AccountPreviews } from './account-previews.js';
import { CancelMailings } from './cancel-mailings.js';
import { ConfirmMailing } from './confirm-mailing.js';
import { PreviewMailing, type AskedMailing } from './preview-mailing.js';
import { PublishMailings, type PublishMailingsParts } from './publish-mailings.js';
import { SteerMailing } from './steer-mailing.js';
import {
  aRouter,
  appliedContacts,
  clock,
  hash,
  log,
  operatorsMailbox,
  type Store,
} from './real-store.spec.js';
import { ReadMailings } from './read-mailings.js';
import type { ReceivedEvent } from './received-event.js';
import { ResolveEmergency } from './resolve-emergency.js';

// No spec by itself: what a person sends to many, over the real stores; Kafka is a list.

export const olga: ConfirmedBy = { kind: 'staff', id: 's-1', name: 'Olga' };
export const otto: ConfirmedBy = { kind: 'staff', id: 's-2', name: 'Otto' };

export const emergencyFor = (...accounts: string[]): AskedMailing => ({
  kind: 'emergency',
  data: { environment: 'production', title: 'Integration disabled' },
  audience: { accounts },
});

export function peopleOver(
  store: Store,
  parts: Partial<PublishMailingsParts> & { readonly at?: Clock } = {},
) {
  const { at = clock, ...toPublish } = parts;
  const { mailings } = store;
  const kafka: SignalboxEvent[] = [];
  const preview = new PreviewMailing({
    accounts: new AccountPreviews({
      views: store.views,
      contacts: appliedContacts(store),
      operatorsMailbox,
      clock: at,
    }),
    mailings,
    render: (delivery, dispatch, now) =>
      renderEmail(
        delivery,
        dispatch,
        { publicUrl: 'https://signalbox.example', signingKeys: { current: 'k'.repeat(32) } },
        now,
      ),
    hash,
    clock: at,
  });
  const confirm = new ConfirmMailing({ mailings, preview, clock: at, log });
  const publish = new PublishMailings({
    mailings,
    events: { publish: (events) => Promise.resolve(void kafka.push(...events)) },
    hash,
    clock: at,
    log,
    ...toPublish,
  });
  const resolve = new ResolveEmergency({ mailings, hash, clock: at, log });
  const read = new ReadMailings({ mailings, dispatches: store.dispatches, hash });
  const steer = new SteerMailing({ mailings, log });
  const cancel = new CancelMailings({
    mailings,
    dispatches: store.dispatches,
    advance: aRouter(store).advance,
    log,
  });
  return { steer, cancel, mailings, preview, confirm, publish, resolve, read, kafka };
}

/** What was published, as it comes out of Kafka. */
export const asReceived = (events: readonly SignalboxEvent[], from = 0): ReceivedEvent[] =>
  events.map((event, index) => ({
    event,
    bodyHash: bodyHash(event),
    origin: { topic: 'signalbox.emergencies', partition: 1, offset: from + index },
    acceptedAt: new Date(),
  }));

/** Applies the same contacts for accounts of these names. */
export const apply = (store: Store, snapshots: readonly AccountSnapshot[]): Promise<void> =>
  store.views.applyUpwards(snapshots);

/** The problem that a call is answered with. */
export async function problemOf(
  call: Promise<unknown>,
): Promise<Partial<Problem> & Readonly<Record<string, unknown>>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ProblemError) return { code: error.code, ...error.extra };
    throw error;
  }
  return {};
}
