import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  AccountMail,
  DeadLetter,
  Delivery,
  Dispatch,
  IntakeException,
  Mailing,
  MailingPart,
} from '@signalbox/contracts';
import * as persistence from '@signalbox/persistence';
import { getAuthTables } from 'better-auth/db';
import { createConnection, type Connection, type Model } from 'mongoose';
import type { z } from 'zod';
import { invitationModel } from '../access/invitation-document.js';
import { signInTables } from '../access/sign-in-library.js';
import { signInLinkModel } from '../access/sign-in-link-document.js';
import { staffModel } from '../access/staff-document.js';
import { accountModel, historyModel } from '../accounts/account-document.js';
import { addressFactsModel, notedMailsModel } from '../addresses/address-facts-document.js';
import { confirmationModel } from '../addresses/confirmation-document.js';
import { apiKeyModel } from '../keys/api-key-document.js';
import { maskedFields } from './address-traces-store.js';
import { accountWithout } from './address-traces.js';
import { erasureModel } from './erasure-document.js';

// No address is left where none was looked for: whoever adds a text to a stored document says here what the erasure does
// about it. What the steps do is held by erasure.int.spec and by the promise that an erased address is nowhere.

/** Nothing of what somebody chose is in it, and so no address. */
const id = 'an id of ours, a hash, or a text that we wrote';
const word = 'one word of a closed list';
const setting = 'a language or an integration type';
const empty = 'nothing: the collection stays empty';

/** What the erasure does about a field; `masked` is compared with what the steps mask. */
type Verdict =
  | 'masked'
  | typeof empty
  | `removed: ${string}`
  | `made anew: ${string}`
  | typeof id
  | typeof word
  | typeof setting;

const progress = {
  _id: id,
  reason: word,
  'claim.token': id,
  'claim.by': id,
  reply: 'made anew: addresses in a reply are masked before it is stored',
  relay: id,
  'transitions.by': id,
  'transitions.reason': word,
  'transitions.reply': 'made anew: as reply',
  'transitions.relay': id,
} as const;

const verdicts: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
  accounts: {
    ...{ name: 'masked', owner: 'masked', users: 'masked', information: 'masked' },
    ...{ _id: id, integrationType: setting, locale: setting, relay: id },
    pendingHistory: 'removed: moved to accountHistory, for which the step waits',
    listing: 'made anew: with every change of the account',
  },
  accountHistory: {
    ...{ by: 'masked', actor: 'masked', changes: 'masked' },
    ...{ _id: id, account: id, what: word, changed: word },
    from: 'removed: of the user who had the address',
  },
  apiKeys: {
    ...{ name: 'masked', limits: 'masked', history: 'masked' },
    ...{ _id: id, sha256: id, scopes: word, previous: id },
  },
  invitations: {
    ...{ name: 'masked', invitedBy: 'masked' },
    ...{ _id: id, account: id, role: word, language: setting, sha256: id },
    email: 'removed: the invitation as a whole',
  },
  staff: {
    ...{ name: 'masked', _id: id, role: word },
    ...{ email: 'removed: who had it is no staff', mailbox: 'removed: as email' },
  },
  erasures: {
    ...{ asker: 'masked', _id: id, addressHash: id, state: word, leftUsers: id, place: id, changed: id },
    sealedAddress: 'removed: when the erasure is done',
  },
  addressFacts: {
    ...{ _id: 'removed: the document', account: id, addressHash: 'removed: the document' },
    lastTest: 'removed: the document',
  },
  addressConfirmations: { _id: id, account: id, addressHash: 'removed: the document' },
  signInLinks: { _id: id },
  notedMails: { _id: id },
  signInIdentities: {
    ...{ _id: id, name: id, image: id },
    ...{ email: 'removed: the identity, with its sessions', mailbox: 'removed: as email' },
  },
  signInSessions: {
    ...{ _id: id, token: id, userId: id },
    ...{ ipAddress: 'removed: the session', userAgent: 'removed: the session' },
  },
  signInProofs: { _id: id, identifier: id, value: 'removed: the proof' },
  signInProviders: {
    ...{ _id: empty, accountId: empty, providerId: empty, userId: empty, accessToken: empty },
    ...{ refreshToken: empty, idToken: empty, scope: empty, password: empty },
  },
  dispatches: {
    ...{ event: 'masked', accountName: 'masked', rounds: 'masked', 'acknowledgement.by': 'masked' },
    ...{
      _id: id,
      bodyHash: id,
      'origin.topic': id,
      'toApply.insert': id,
      'toApply.withdraw': id,
      'acknowledgement.delivery': id,
    },
  },
  deliveries: {
    ...progress,
    address: 'masked',
    account: 'masked',
    dispatch: id,
    language: setting,
    'mailing.id': id,
  },
  alarms: { _id: id, alarm: word, step: word, dispatch: id, mail: id },
  intakeExceptions: { reason: 'masked', _id: id, 'origin.topic': id, dispatch: id },
  accountMails: {
    ...progress,
    ...{
      address: 'masked',
      account: 'masked',
      facts: 'masked',
      addressHash: id,
      askerHash: id,
      language: setting,
    },
    sealedSecret: 'removed: with the end of the mail, which the erasure brings about',
  },
  accountMailLimits: { _id: id, admitted: id },
  contactViews: { _id: id, snapshot: 'made anew: by the new version of the account' },
  deadLetters: {
    ...{ reason: 'masked', from: 'masked', key: 'masked', headers: 'masked', value: 'masked' },
    ...{ handled: 'masked', _id: id },
  },
  mailings: {
    ...{ data: 'masked', 'by.name': 'masked', 'by.id': id },
    ...{ _id: id, askedHash: id, list: id, 'audience.accounts': id, resolves: id },
  },
  mailingParts: {
    ...{ _id: id, list: id, accounts: id, 'preview.account': id, 'preview.recipients.language': setting },
    'preview.recipients.address': 'removed: with every preview that is not confirmed',
  },
  leases: { _id: id, by: id },
};

const connection = createConnection();
const models = [
  ...[accountModel, historyModel, apiKeyModel, invitationModel, staffModel, erasureModel],
  ...[addressFactsModel, confirmationModel, signInLinkModel, notedMailsModel],
  ...[persistence.dispatchModel, persistence.deliveryModel, persistence.intakeExceptionModel],
  ...[persistence.accountMailModel, persistence.accountMailLimitModel],
  ...[persistence.mailingModel, persistence.mailingPartModel],
  ...[persistence.contactViewModel, persistence.leaseModel, persistence.alarmModel],
  persistence.deadLetterModel,
].map((model) => (model as unknown as (of: Connection) => Model<unknown>)(connection));

/** Their shapes say more than their models: what lies below a field, too. */
const schemas: Readonly<Record<string, z.ZodType>> = {
  dispatches: Dispatch,
  deliveries: Delivery,
  intakeExceptions: IntakeException,
  accountMails: AccountMail,
  deadLetters: DeadLetter,
  mailings: Mailing,
  mailingParts: MailingPart,
};

/** The fields of a model that may hold a text. */
function textFieldsOf({ schema }: Model<unknown>): string[] {
  const others = ['Number', 'Date', 'Boolean'];
  return Object.entries(schema.paths)
    .filter(([, { instance, options }]) => {
      const { type } = options as { type?: unknown };
      const isList = instance === 'Array' && Array.isArray(type);
      return isList ? type.includes(String) : !others.includes(instance);
    })
    .map(([path]) => path);
}

/** The paths of a shape that may hold a text, names of members included. */
function textsOf(schema: z.ZodType, at: readonly string[] = []): string[] {
  const def = schema.def as unknown as {
    type: string;
    format?: string;
    [part: string]: unknown;
  };
  const within = (part: unknown, name?: string) =>
    textsOf(part as z.ZodType, name === undefined ? at : [...at, name]);
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape as object).flatMap(([name, member]) => within(member, name));
    case 'array':
      return within(def.element);
    case 'optional':
    case 'nullable':
      return within(def.innerType);
    case 'union':
      return (def.options as unknown[]).flatMap((option) => within(option));
    case 'string':
      return def.format === 'date' ? [] : [at.join('.')];
    case 'number':
    case 'date':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'null':
      return [];
    default:
      return [at.join('.')]; // Whatever it is, it may hold a text.
  }
}

function textsOfCollection(model: Model<unknown>): string[] {
  const schema = schemas[model.collection.name];
  const texts = schema === undefined ? textFieldsOf(model) : [...new Set(textsOf(schema))];
  const masked = Object.entries(verdicts[model.collection.name] ?? {})
    .filter(([, verdict]) => verdict === 'masked')
    .map(([field]) => field);
  // What is masked is so with all that lies below it.
  return [
    ...new Set(texts.map((path) => masked.find((field) => `${path}.`.startsWith(`${field}.`)) ?? path)),
  ];
}

it.each(models.map((model) => [model.collection.name, model] as const))(
  'of every text in %s it is said what an erasure does about it',
  (collection, model) => {
    expect(textsOfCollection(model).sort()).toEqual(Object.keys(verdicts[collection] ?? {}).sort());
  },
);

it.each(Object.values(getAuthTables(signInTables)))(
  'of every text in $modelName it is said what an erasure does about it',
  ({ modelName, fields }) => {
    const texts = Object.entries(fields)
      .filter(([, { type }]) => type === 'string')
      .map(([name]) => name);
    expect(['_id', ...texts].sort()).toEqual(Object.keys(verdicts[modelName] ?? {}).sort());
  },
);

it('what is said to be masked is what the steps mask', () => {
  const said = (collection: string) => [
    ...new Set(
      Object.entries(verdicts[collection] ?? {})
        .filter(([, verdict]) => verdict === 'masked')
        .map(([field]) => field.split('.')[0])
        .sort(),
    ),
  ];
  const account = accountWithout({ name: '', owner: null, users: [], information: {} }, 'a@b.example', '');
  expect(said('accounts')).toEqual(Object.keys(account).sort());
  const { historyEntries, ...others } = maskedFields;
  const masked = {
    ...{ accountHistory: historyEntries, ...others },
    ...persistence.maskedInDispatchStore,
    accountMails: persistence.maskedInAccountMails,
  };
  const unmasked = Object.keys(verdicts).filter((collection) => said(collection).length === 0);
  expect([...Object.keys(masked), 'accounts', ...unmasked].sort()).toEqual(Object.keys(verdicts).sort());
  for (const [collection, fields] of Object.entries(masked)) {
    expect([collection, ...said(collection)]).toEqual([collection, ...[...fields].sort()]);
  }
});

it('no collection is left out', () => {
  const root = fileURLToPath(new URL('../../../..', import.meta.url));
  const named = [
    'apps/contact-registry/src',
    'apps/email-worker/src',
    'apps/notification-router/src',
    'libs/persistence/src',
  ]
    .flatMap((folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map(
        (file) => `${root}${folder}/${file}`,
      ),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bcollection: '(\w+)' }/g)].map(([, name]) => name),
    );
  expect(models.map(({ collection }) => collection.name).sort()).toEqual(named.sort());
  const ofTheLibrary = Object.values(signInTables).map(({ modelName }) => modelName);
  expect([...named, ...ofTheLibrary].sort()).toEqual(Object.keys(verdicts).sort());
});
