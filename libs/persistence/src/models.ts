import { Schema, type Connection, type Model } from 'mongoose';
import type {
  AccountSnapshot,
  Alarm,
  DeadLetter,
  Delivery,
  Dispatch,
  IntakeException,
  Mailing,
  MailingPart,
} from '@signalbox/contracts';

/** The highest snapshot of an account that a router has applied; `appliedAt` is the database's clock. */
export interface ContactView {
  _id: string;
  version: number;
  snapshot: AccountSnapshot;
  appliedAt: Date;
}

export interface Lease {
  _id: string;
  by: string;
  until: Date;
}

/**
 * Shapes are checked by the zod schemas of contracts before anything is written; mongoose guards the top-level paths, so
 * that a misspelt one is refused, and leaves what lies below as it is.
 */
export const schemaOptions = {
  versionKey: false,
  minimize: false,
  autoIndex: false,
  autoCreate: false,
  strict: 'throw',
} as const;
const { Mixed } = Schema.Types;

const dispatchSchema = new Schema<Dispatch>(
  {
    _id: { type: String, required: true },
    event: { type: Mixed, required: true },
    bodyHash: { type: String, required: true },
    origin: { type: Mixed, required: true },
    acceptedAt: { type: Date, required: true },
    decidedAt: { type: Date, required: true },
    day: { type: String, required: true },
    accountName: { type: String, required: true },
    rule: { type: String, required: true },
    category: { type: String, required: true },
    lane: { type: String, required: true },
    contactVersion: { type: Number, default: null },
    suppressed: String,
    passedOver: { type: Mixed, required: true },
    notes: { type: [String], required: true },
    rounds: { type: Mixed, required: true },
    state: { type: String, required: true },
    open: { type: Boolean, required: true },
    dueAt: { type: Date, default: null },
    acknowledgement: { type: Mixed, default: null },
    resolvedAt: { type: Date, default: null },
    cancelledAt: Date,
    revision: { type: Number, required: true },
    toApply: { type: Mixed, default: null },
  },
  { ...schemaOptions, collection: 'dispatches' },
);
dispatchSchema.index({ 'event.id': 1, 'event.source': 1 });
dispatchSchema.index({ 'event.account': 1, decidedAt: -1 });
dispatchSchema.index({ decidedAt: -1, _id: -1 });
dispatchSchema.index({ 'origin.topic': 1, 'origin.partition': 1, 'origin.offset': 1 });
dispatchSchema.index({ day: 1 });
dispatchSchema.index(
  { 'event.mailing.id': 1, state: 1 },
  { partialFilterExpression: { 'event.mailing.id': { $exists: true } } },
);
dispatchSchema.index({ 'event.account': 1, contactVersion: 1 }, { partialFilterExpression: { open: true } });
// The sweeper and the books ask for all open ones: MongoDB takes an index only for a condition on its first field.
dispatchSchema.index({ open: 1, day: 1 }, { partialFilterExpression: { open: true } });
dispatchSchema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $type: 'date' } } });
dispatchSchema.index(
  { decidedAt: 1 },
  { name: 'notes left behind', partialFilterExpression: { toApply: { $type: 'object' } } },
);

/** The paths of every mail that is claimed and settled. */
export const progressPaths = {
  _id: { type: String, required: true },
  state: { type: String, required: true },
  reason: String,
  attempt: { type: Number, required: true },
  nextAttemptAt: { type: Date, default: null },
  claim: { type: Mixed, default: null },
  blanks: { type: Number, required: true },
  reply: String,
  relay: String,
  ambiguous: Boolean,
  sentAt: Date,
  settledAt: Date,
  sweptAt: Date,
  transitions: { type: Mixed, required: true },
} as const;

/** Finds the mails of live claims, those that are due, and those whose claim has run out. */
export function indexProgress<Mail>(schema: Schema<Mail>): void {
  schema.index({ 'claim.token': 1 }, { partialFilterExpression: { state: 'sending' } });
  schema.index({ nextAttemptAt: 1 }, { partialFilterExpression: { state: 'pending' } });
  schema.index({ 'claim.until': 1 }, { partialFilterExpression: { state: 'sending' } });
}

const deliverySchema = new Schema<Delivery>(
  {
    dispatch: { type: String, required: true },
    account: { type: String, required: true },
    kind: { type: String, required: true },
    category: { type: String, required: true },
    lane: { type: String, required: true },
    day: { type: String, required: true },
    acceptedAt: { type: Date, required: true },
    address: { type: String, required: true },
    language: { type: String, required: true },
    step: { type: String, required: true },
    why: { type: String, required: true },
    ...progressPaths,
    mailing: Mixed,
    bouncedAt: Date,
    followVersion: Number,
    withdrawnBecause: String,
    erased: Boolean,
    unreported: Boolean,
    unpublished: Boolean,
  },
  { ...schemaOptions, collection: 'deliveries' },
);
/** As `mailboxOf` compares addresses, which are ASCII: upper and lower case are one. */
export const byMailbox = { locale: 'en', strength: 2 } as const;
deliverySchema.index({ address: 1 }, { collation: byMailbox });
deliverySchema.index({ dispatch: 1 });
deliverySchema.index({ day: 1, state: 1 });
deliverySchema.index(
  { 'mailing.id': 1, state: 1, attempt: 1 },
  { partialFilterExpression: { 'mailing.id': { $exists: true } } },
);
indexProgress(deliverySchema);
deliverySchema.index({ settledAt: 1 }, { name: 'to report', partialFilterExpression: { unreported: true } });
deliverySchema.index(
  { settledAt: 1 },
  { name: 'to publish', partialFilterExpression: { unpublished: true } },
);

const contactViewSchema = new Schema<ContactView>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    snapshot: { type: Mixed, required: true },
    appliedAt: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'contactViews' },
);

const intakeExceptionSchema = new Schema<IntakeException>(
  {
    _id: { type: String, required: true },
    origin: { type: Mixed, required: true },
    what: { type: String, required: true },
    reason: { type: String, required: true },
    dispatch: String,
    at: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'intakeExceptions' },
);
intakeExceptionSchema.index({ 'origin.topic': 1, 'origin.partition': 1, 'origin.offset': 1 });
intakeExceptionSchema.index({ dispatch: 1 });

/** As long as events are remembered. */
const keptSeconds = 90 * 24 * 60 * 60;
const alarmSchema = new Schema<Alarm>(
  {
    _id: { type: String, required: true },
    alarm: { type: String, required: true },
    step: { type: String, default: null },
    toMail: { type: Boolean, required: true },
    dispatch: { type: String, required: true },
    at: { type: Date, required: true },
    mail: { type: String, default: null },
  },
  { ...schemaOptions, collection: 'alarms' },
);
alarmSchema.index({ at: -1, _id: -1 });
alarmSchema.index({ alarm: 1, at: -1, _id: -1 });
alarmSchema.index({ mail: 1, alarm: 1, at: 1 }, { partialFilterExpression: { toMail: true } });
alarmSchema.index({ at: 1 }, { name: 'kept', expireAfterSeconds: keptSeconds });

const deadLetterSchema = new Schema<DeadLetter>(
  {
    _id: { type: String, required: true },
    reason: { type: String, required: true },
    from: { type: Mixed, required: true },
    failedAt: { type: Date, required: true },
    key: { type: String, default: null },
    headers: { type: Mixed, required: true },
    value: { type: Mixed, default: null },
    truncatedFrom: { type: Number, default: null },
    state: { type: String, required: true },
    handled: { type: Mixed, default: null },
  },
  { ...schemaOptions, collection: 'deadLetters' },
);
deadLetterSchema.index({ failedAt: -1, _id: -1 });
deadLetterSchema.index({ state: 1, failedAt: -1, _id: -1 });
deadLetterSchema.index({ reason: 1, failedAt: -1, _id: -1 });
deadLetterSchema.index({ failedAt: 1 }, { name: 'kept', expireAfterSeconds: keptSeconds });

const leaseSchema = new Schema<Lease>(
  {
    _id: { type: String, required: true },
    by: { type: String, required: true },
    until: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'leases' },
);

/** A preview can be asked about for so long after it has expired; then it is forgotten with its parts. */
const forgottenAfter = { expireAfterSeconds: 3_600 } as const;

const mailingSchema = new Schema<Mailing>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    data: { type: Mixed, required: true },
    audience: { type: Mixed, required: true },
    askedHash: { type: String, required: true },
    counts: { type: Mixed, required: true },
    by: { type: Mixed, required: true },
    state: { type: String, required: true },
    previewedAt: { type: Date, required: true },
    expiresAt: Date,
    confirmedAt: { type: Date, default: null },
    sendAt: Date,
    cancelledAt: Date,
    isTakenBack: Boolean,
    resolves: String,
    resolvedAt: Date,
    list: { type: String, required: true },
    parts: { type: Number, required: true },
    nextPart: { type: Number, required: true },
  },
  { ...schemaOptions, collection: 'mailings' },
);
mailingSchema.index({ expiresAt: 1 }, forgottenAfter);
mailingSchema.index({ kind: 1, confirmedAt: -1, _id: -1 });
mailingSchema.index({ confirmedAt: 1 }, { partialFilterExpression: { state: 'confirmed' } });

const mailingPartSchema = new Schema<MailingPart>(
  {
    _id: { type: String, required: true },
    list: { type: String, required: true },
    number: { type: Number, required: true },
    accounts: { type: [String], required: true },
    preview: Mixed,
    expiresAt: Date,
  },
  { ...schemaOptions, collection: 'mailingParts' },
);
mailingPartSchema.index({ list: 1, number: 1 });
mailingPartSchema.index({ expiresAt: 1 }, forgottenAfter);

/** The model of a connection, made once. */
export function modelOf<T>(connection: Connection, name: string, schema: Schema<T>): Model<T> {
  return (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, schema);
}

export const dispatchModel = (connection: Connection): Model<Dispatch> =>
  modelOf(connection, 'Dispatch', dispatchSchema);
export const deliveryModel = (connection: Connection): Model<Delivery> =>
  modelOf(connection, 'Delivery', deliverySchema);
export const contactViewModel = (connection: Connection): Model<ContactView> =>
  modelOf(connection, 'ContactView', contactViewSchema);
export const intakeExceptionModel = (connection: Connection): Model<IntakeException> =>
  modelOf(connection, 'IntakeException', intakeExceptionSchema);
export const mailingModel = (connection: Connection): Model<Mailing> =>
  modelOf(connection, 'Mailing', mailingSchema);
export const mailingPartModel = (connection: Connection): Model<MailingPart> =>
  modelOf(connection, 'MailingPart', mailingPartSchema);
export const deadLetterModel = (connection: Connection): Model<DeadLetter> =>
  modelOf(connection, 'DeadLetter', deadLetterSchema);
export const alarmModel = (connection: Connection): Model<Alarm> => modelOf(connection, 'Alarm', alarmSchema);
export const leaseModel = (connection: Connection): Model<Lease> => modelOf(connection, 'Lease', leaseSchema);

/** The database of the dispatch store, by this name in every deployment. */
export const dispatchDatabase = 'signalbox_dispatch';

/** Creates what is missing of the dispatch store's indexes; safe to run by several processes at once. */
export async function createDispatchIndexes(connection: Connection): Promise<void> {
  await Promise.all([
    dispatchModel(connection).createIndexes(),
    deliveryModel(connection).createIndexes(),
    contactViewModel(connection).createIndexes(),
    intakeExceptionModel(connection).createIndexes(),
    mailingModel(connection).createIndexes(),
    mailingPartModel(connection).createIndexes(),
    alarmModel(connection).createIndexes(),
    deadLetterModel(connection).createIndexes(),
    leaseModel(connection).createIndexes(),
  ]);
}
