import { intakeExceptionId } from '@signalbox/contracts';
import type { Connection } from 'mongoose';
import { aDelivery, aDispatch, anAccountMail, anAccountSnapshot, anEvent, newId } from '@signalbox/testing';
import { createAccountMailClaims } from './account-mail-claims.js';
import { createAccountMailLimits } from './account-mail-limits.js';
import { createAccountMailIndexes } from './account-mail-model.js';
import { createAccountMailStore } from './account-mail-store.js';
import { createAlarmStore } from './alarm-store.js';
import { createBooks } from './books.js';
import { createContactViews } from './contact-views.js';
import { createDeadLetterStore } from './dead-letter-store.js';
import { createDeliveriesToAdvance } from './deliveries-to-advance.js';
import { createDeliveryClaims } from './delivery-claims.js';
import { createDispatchStore } from './dispatch-store.js';
import { createEventQueries } from './event-queries.js';
import { createIntakeExceptions } from './intake-exceptions.js';
import { takeLease } from './lease.js';
import { openDatabase } from './real-mongo.spec.js';

let connection: Connection;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ connection, end } = await openDatabase());
  await createAccountMailIndexes(connection);
  await createAccountMailStore(connection).insert(anAccountMail());
  const dispatches = Array.from({ length: 50 }, (_, offset) =>
    aDispatch({
      event: anEvent({ id: `e-${offset}` }),
      origin: { topic: 'signalbox.emergencies', partition: 0, offset },
      toApply: offset % 10 === 0 ? { insert: ['x'], withdraw: [] } : null,
      open: offset % 5 === 0,
    }),
  );
  await createDispatchStore(connection).insertDispatches(dispatches);
  await createDispatchStore(connection).insertDeliveries(
    dispatches.map(({ _id }) => aDelivery({ dispatch: _id })),
  );
  await createContactViews(connection).applyUpwards([anAccountSnapshot({ version: 9 })]);
  const origin = { topic: 'signalbox.emergencies', partition: 0, offset: 99 };
  const _id = intakeExceptionId(origin);
  await createIntakeExceptions(connection).record([
    { _id, origin, what: 'duplicate', reason: 'same-content', dispatch: 'd1', at: new Date() },
  ]);
  const at = new Date();
  await createAlarmStore(connection).insert([
    { _id: 'd1:fell-back', alarm: 'fell-back', step: null, toMail: true, dispatch: 'd1', at, mail: null },
  ]);
  await createDeadLetterStore(connection).record([
    {
      ...{ _id: '0-1', reason: 'not-json', from: { ...origin }, failedAt: at, key: null, headers: [] },
      ...{ value: null, truncatedFrom: null, state: 'open', handled: null },
    },
  ]);
});
afterAll(() => end());

/** What MongoDB did for these calls, as its profiler wrote it down: `find dispatches: IXSCAN { _id: 1 }`. */
async function plansOf(run: () => Promise<unknown>): Promise<string[]> {
  const profile = connection.collection('system.profile');
  await connection.db?.command({ profile: 0 });
  await profile.drop();
  await connection.db?.command({ profile: 2 });
  await run();
  await connection.db?.command({ profile: 0 });
  const entries = await profile.find().toArray();
  return entries.flatMap(({ op, ns, planSummary }) =>
    planSummary === undefined ? [] : [`${String(op)} ${String(ns).split('.')[1]}: ${String(planSummary)}`],
  );
}

const store = () => createDispatchStore(connection);
const events = () => createEventQueries(connection);
const sweeper = () => createDeliveriesToAdvance(connection);
const books = () => createBooks(connection);
const views = () => createContactViews(connection);
const claims = () => createDeliveryClaims(connection, { by: 'w' });
const alarms = () => createAlarmStore(connection);
const letters = () => createDeadLetterStore(connection);
const mails = () => createAccountMailStore(connection);
const mailLimits = () => createAccountMailLimits(connection);
const mailClaims = () => createAccountMailClaims(connection, { by: 'w' });
const now = new Date();
const range = { topic: 'signalbox.emergencies', partition: 0, first: 0, committed: 50 };
const page = { limit: 10 } as const;
const after = { decidedAt: now, id: 'x' };

describe('every query of the dispatch store and the account mails uses an index', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['the event of an id', () => events().findByEventId('e-1')],
    ['the event of an id and a source', () => events().findByEventId('e-1', 'urn:x')],
    ['the deliveries of an event', () => events().deliveriesOf('d1')],
    ['the repeats of an event', () => events().exceptionsOf('d1')],
    ['the newest events', () => events().list(page, undefined)],
    ['the next page of events', () => events().list(page, after)],
    ['the events of an account', () => events().list({ ...page, account: 'acme-tours' }, after)],
    ['the events of a kind', () => events().list({ ...page, kind: 'emergency' }, after)],
    ['the events in a state', () => events().list({ ...page, state: 'delivering' }, undefined)],
    ['dispatches by id', () => store().findMany(['a', 'b'])],
    ['deliveries of dispatches', () => store().deliveriesOf(['a', 'b'])],
    ['notes left behind', () => store().notesLeftBehind(now, 10)],
    ['open dispatches behind a version', () => store().openBehind([{ account: 'acme-tours', version: 4 }])],
    [
      'open dispatches behind many versions',
      () => store().openBehind(Array.from({ length: 500 }, () => ({ account: newId(), version: 4 }))),
    ],
    ['open dispatches behind the views', () => store().openBehindViews(10)],
    [
      'taking deliveries back',
      () => store().withdraw(['a', 'b'], { contactVersion: 4, reason: 'contact-left' }, 'router'),
    ],
    ['clearing notes', () => store().clearNote([{ id: 'a', revision: 1 }])],
    ['unreported deliveries', () => sweeper().unreported(10)],
    ['taking the mark of unreported ones away', () => sweeper().markReported(['a'], true)],
    ['unpublished deliveries', () => sweeper().unpublished(10)],
    ['taking the mark of unpublished ones away', () => sweeper().markPublished(['a'])],
    ['overdue deliveries', () => sweeper().takeOverdue({ dueBefore: now, sweptBefore: now, most: 10 })],
    ['counting overdue deliveries', () => sweeper().countOverdue(0)],
    ['the book of events', () => books().countOf(range)],
    ['the book of recipients', () => books().recipients('2026-11-23')],
    ['contacts of accounts', () => views().findMany(['acme-tours'])],
    ['versions of accounts', () => views().versionsOf(['acme-tours'])],
    ['applying contacts', () => views().applyUpwards([anAccountSnapshot({ version: 10 })])],
    ['claiming', () => claims().claimMany([{ delivery: 'a', attempt: 1, token: 't' }])],
    ['renewing claims', () => claims().renew(['t'])],
    ['which claims are held', () => claims().stillHeld(['t'])],
    ['settling', () => claims().settleMany([{ delivery: 'a', token: 't', to: 'sent' }])],
    ['an account mail of ids', () => mails().find(['a'])],
    ['the newest account mail', () => mails().latest({ kind: 'test-mail', account: 'acme-tours' })],
    ['account mails that have ended', () => mails().endedSince(now, 10)],
    ['counting account mails', () => mails().countSince({ kind: 'invitation', addressHash: 'h' }, now)],
    ['suppressing the account mails of an address', () => mails().suppress('h')],
    ['masking an address in account mails', () => mails().mask('a@b.example', 'h@erased.invalid', null)],
    ['counting against a limit', () => mailLimits().admit('k', { most: 5, withinMs: 1_000 })],
    ['ending expired account mails', () => mailClaims().endExpired(10)],
    ['overdue account mails', () => mailClaims().takeOverdue({ dueBefore: now, sweptBefore: now, most: 10 })],
    ['alarms', () => alarms().list({ limit: 10 }, { at: now, id: 'a' })],
    ['alarms about one thing', () => alarms().list({ alarm: 'fell-back', limit: 10 }, undefined)],
    ['alarms to mail', () => alarms().kindsToMail()],
    ['taking alarms into a mail', () => alarms().take('fell-back', 'm')],
    ['mails of alarms to make', () => alarms().mailsToMake()],
    ['the alarms of a mail', () => alarms().takenBy('m', 10)],
    ['a mail of alarms that is made', () => alarms().made('m')],
    ['dead letters', () => letters().list({ limit: 10 }, { at: now, id: 'a' })],
    ['open dead letters', () => letters().list({ state: 'open', limit: 10 }, undefined)],
    ['dead letters of a reason', () => letters().list({ reason: 'not-json', limit: 10 }, undefined)],
    ['a dead letter', () => letters().find(['0-1'])],
    [
      'handling a dead letter',
      () =>
        letters().handle(['0-1'], 'discarded', {
          at: now,
          by: { kind: 'staff', id: 's', name: 'S' },
          because: 'b',
        }),
    ],
    ['a lease', () => takeLease(connection, 'l', 'a', 1_000)],
  ])('%s', async (_name, run) => {
    const plans = await plansOf(run);
    expect(plans).not.toEqual([]);
    expect(plans.filter((plan) => plan.includes('COLLSCAN'))).toEqual([]);
  });
});
