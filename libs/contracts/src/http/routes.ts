import type { z } from 'zod';
import type { Role } from '../principal.js';
import { AccountChange, NewAccount, NewPortalUser } from '../contacts/account.js';
import { ContactInformation } from '../contacts/contact-information.js';
import { AccountList, AccountListQuery } from './account-list.js';
import {
  AccountView,
  ContactInformationView,
  EnvironmentQuery,
  IntegrationTypeList,
  PageQuery,
  PortalUserAnswer,
  PortalUserList,
  PortalUserRemoved,
  Readiness,
} from './accounts.js';
import {
  AddressConfirmed,
  AddressList,
  ConfirmationAsked,
  ConfirmationRequest,
  TestMailsAsked,
} from './addresses.js';
import { AlertmanagerWebhook, IntakeAnswer } from './alertmanager.js';
import {
  ApiKeyList,
  ApiKeyListQuery,
  ApiKeyView,
  ApiKeyWithSecret,
  NewApiKey,
  RevocationQuery,
} from './api-keys.js';
import {
  EventList,
  EventListQuery,
  EventQuery,
  EventsAccepted,
  EventView,
  PlainEvent,
  Preview,
} from './events.js';
import { HistoryList } from './history.js';
import { HelpLinks } from './help.js';
import {
  AccountChangeQuery,
  IntegrationTypeChange,
  IntegrationTypeChangeQuery,
} from './integration-type-change.js';
import { Ledger } from './ledger.js';
import { Referral, ReferralQuery } from './referral.js';
import { LinkSecret, SessionView, SignInAsked, SignInRequest } from './session.js';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  /** The process that answers; the gateway passes on what is not its own. */
  readonly servedBy: 'gateway' | 'contact-registry' | 'notification-router';
  /** Any of these may call it; `authorize` of libs/runtime reads this in every process. */
  readonly who: readonly Role[];
  /** Whether portal users reach it while required contact information is missing. */
  readonly beforeGate?: true;
  readonly status: number;
  readonly body?: z.ZodType;
  readonly query?: z.ZodObject;
  readonly answer?: z.ZodType;
  /** Whether a write must carry If-Match. */
  readonly ifMatch?: boolean;
}

const accountPath = '/v1/accounts/:account';

/** Every route through the gateway. OpenAPI is made from this table, and the gateway refuses what is not in it. */
export const routes = [
  {
    method: 'POST',
    path: '/v1/sign-in',
    summary: 'Have a link mailed that signs in; the answer is the same for every address',
    servedBy: 'contact-registry',
    who: ['public'],
    status: 202,
    body: SignInRequest,
    answer: SignInAsked,
  },
  {
    method: 'POST',
    path: '/v1/sign-in/confirm',
    summary: 'Sign in with the token of a link, once; the answer sets the session cookie',
    servedBy: 'contact-registry',
    who: ['public'],
    status: 200,
    body: LinkSecret,
    answer: SessionView,
  },
  {
    method: 'GET',
    path: '/v1/session',
    summary: 'Who asks: the accounts of a portal user and what is missing there, or what a key may do',
    servedBy: 'contact-registry',
    who: ['events:send', 'operator', 'support', 'admin', 'member'],
    beforeGate: true,
    status: 200,
    answer: SessionView,
  },
  {
    method: 'DELETE',
    path: '/v1/session',
    summary: 'Sign out',
    servedBy: 'contact-registry',
    who: ['operator', 'support', 'admin', 'member'],
    beforeGate: true,
    status: 204,
  },
  {
    method: 'DELETE',
    path: '/v1/sessions',
    summary: 'Sign out everywhere',
    servedBy: 'contact-registry',
    who: ['operator', 'support', 'admin', 'member'],
    beforeGate: true,
    status: 204,
  },
  {
    method: 'POST',
    path: '/v1/events',
    summary: 'Accept events: CloudEvents in structured, batch or binary mode, or plain JSON',
    servedBy: 'gateway',
    who: ['events:send'],
    status: 202,
    body: PlainEvent,
    answer: EventsAccepted,
  },
  {
    method: 'POST',
    path: '/v1/intake/alertmanager',
    summary: 'Accept an Alertmanager webhook, version 4',
    servedBy: 'gateway',
    who: ['events:send'],
    status: 202,
    body: AlertmanagerWebhook,
    answer: IntakeAnswer,
  },
  {
    method: 'POST',
    path: '/v1/preview',
    summary: 'Who would be told now, and why',
    servedBy: 'notification-router',
    who: ['events:send', 'operator', 'admin', 'member'],
    status: 200,
    body: PlainEvent,
    answer: Preview,
  },
  {
    method: 'GET',
    path: '/v1/events',
    summary: 'Events and what became of them',
    servedBy: 'notification-router',
    who: ['operator', 'admin', 'member'],
    status: 200,
    query: EventListQuery,
    answer: EventList,
  },
  {
    method: 'GET',
    path: '/v1/events/:id',
    summary: 'One event: the decision, the rounds, every delivery',
    servedBy: 'notification-router',
    who: ['operator', 'admin', 'member'],
    status: 200,
    query: EventQuery,
    answer: EventView,
  },
  {
    method: 'GET',
    path: '/v1/ledger',
    summary: 'Both books; the difference is 0',
    servedBy: 'notification-router',
    who: ['operator'],
    status: 200,
    answer: Ledger,
  },
  {
    method: 'GET',
    path: '/v1/api-keys',
    summary: 'API keys, without their secrets',
    servedBy: 'contact-registry',
    who: ['operator'],
    status: 200,
    query: ApiKeyListQuery,
    answer: ApiKeyList,
  },
  {
    method: 'POST',
    path: '/v1/api-keys',
    summary: 'Make an API key; the secret is in this answer alone',
    servedBy: 'contact-registry',
    who: ['operator'],
    status: 201,
    body: NewApiKey,
    answer: ApiKeyWithSecret,
  },
  {
    method: 'POST',
    path: '/v1/api-keys/:key/rotate',
    summary: 'A new secret; the one before it stays valid until it is revoked or the next rotation',
    servedBy: 'contact-registry',
    who: ['operator'],
    status: 200,
    answer: ApiKeyWithSecret,
  },
  {
    method: 'DELETE',
    path: '/v1/api-keys/:key',
    summary: 'Revoke a key, or only its previous secret; gateways take it for at most a minute more',
    servedBy: 'contact-registry',
    who: ['operator'],
    status: 200,
    query: RevocationQuery,
    answer: ApiKeyView,
  },
  {
    method: 'GET',
    path: '/v1/accounts',
    summary: 'Accounts, by what is missing, by the state of their addresses, by their names',
    servedBy: 'contact-registry',
    who: ['operator', 'support'],
    status: 200,
    query: AccountListQuery,
    answer: AccountList,
  },
  {
    method: 'POST',
    path: '/v1/accounts',
    summary: 'Make an account',
    servedBy: 'contact-registry',
    who: ['operator'],
    status: 201,
    body: NewAccount,
    answer: AccountView,
  },
  {
    method: 'GET',
    path: accountPath,
    summary: 'One account',
    servedBy: 'contact-registry',
    who: ['operator', 'support', 'admin', 'member'],
    status: 200,
    answer: AccountView,
  },
  {
    method: 'PATCH',
    path: accountPath,
    summary: 'Change account facts',
    servedBy: 'contact-registry',
    who: ['operator'],
    status: 200,
    query: AccountChangeQuery,
    body: AccountChange,
    answer: AccountView,
  },
  {
    method: 'GET',
    path: `${accountPath}/integration-type-change`,
    summary: 'What another integration type would drop and ask for',
    servedBy: 'contact-registry',
    who: ['operator'],
    status: 200,
    query: IntegrationTypeChangeQuery,
    answer: IntegrationTypeChange,
  },
  {
    method: 'POST',
    path: `${accountPath}/launch`,
    summary: 'Launch, when all that is required is there',
    servedBy: 'contact-registry',
    who: ['operator'],
    status: 200,
    answer: AccountView,
  },
  {
    method: 'GET',
    path: `${accountPath}/contact-information`,
    summary: 'The contact information',
    servedBy: 'contact-registry',
    who: ['operator', 'admin', 'member'],
    beforeGate: true,
    status: 200,
    query: EnvironmentQuery,
    answer: ContactInformationView,
  },
  {
    method: 'PUT',
    path: `${accountPath}/contact-information`,
    summary: 'Replace the contact information',
    servedBy: 'contact-registry',
    who: ['operator', 'admin', 'member'],
    beforeGate: true,
    status: 200,
    query: EnvironmentQuery,
    body: ContactInformation,
    answer: ContactInformationView,
    ifMatch: true,
  },
  {
    method: 'PATCH',
    path: `${accountPath}/contact-information`,
    summary: 'Change some of it (RFC 7396)',
    servedBy: 'contact-registry',
    who: ['operator', 'admin', 'member'],
    beforeGate: true,
    status: 200,
    query: EnvironmentQuery,
    body: ContactInformation,
    answer: ContactInformationView,
    ifMatch: true,
  },
  {
    method: 'GET',
    path: `${accountPath}/contact-information/history`,
    summary: 'Who changed what, when',
    servedBy: 'contact-registry',
    who: ['operator', 'admin', 'member'],
    beforeGate: true,
    status: 200,
    query: PageQuery,
    answer: HistoryList,
  },
  {
    method: 'GET',
    path: `${accountPath}/contact-information/addresses`,
    summary: 'Every address where it stands, and what is known of it',
    servedBy: 'contact-registry',
    who: ['operator', 'admin', 'member'],
    beforeGate: true,
    status: 200,
    answer: AddressList,
  },
  {
    method: 'POST',
    path: `${accountPath}/contact-information/addresses/confirmation`,
    summary: 'Have a link sent to an address, by which it is confirmed',
    servedBy: 'contact-registry',
    who: ['operator', 'admin', 'member'],
    beforeGate: true,
    status: 202,
    body: ConfirmationRequest,
    answer: ConfirmationAsked,
  },
  {
    method: 'POST',
    path: `${accountPath}/contact-information/:field/test-mail`,
    summary: 'Send a test mail to everybody in a field',
    servedBy: 'contact-registry',
    who: ['operator', 'admin', 'member'],
    beforeGate: true,
    status: 202,
    answer: TestMailsAsked,
  },
  {
    method: 'POST',
    path: '/v1/addresses/confirm',
    summary: 'Confirm an address with the token of a link',
    servedBy: 'contact-registry',
    who: ['public'],
    status: 200,
    body: LinkSecret,
    answer: AddressConfirmed,
  },
  {
    method: 'GET',
    path: `${accountPath}/readiness`,
    summary: 'What is missing',
    servedBy: 'contact-registry',
    who: ['operator', 'admin', 'member'],
    beforeGate: true,
    status: 200,
    query: EnvironmentQuery,
    answer: Readiness,
  },
  {
    method: 'GET',
    path: `${accountPath}/referral`,
    summary: 'Whom a user of the platform is sent to, and when somebody is there',
    servedBy: 'contact-registry',
    who: ['support', 'operator'],
    status: 200,
    query: ReferralQuery,
    answer: Referral,
  },
  {
    method: 'GET',
    path: `${accountPath}/users`,
    summary: 'The portal users of an account',
    servedBy: 'contact-registry',
    who: ['operator', 'admin', 'member'],
    beforeGate: true,
    status: 200,
    answer: PortalUserList,
  },
  {
    method: 'POST',
    path: `${accountPath}/users`,
    summary: 'Add a portal user',
    servedBy: 'contact-registry',
    who: ['operator', 'admin'],
    beforeGate: true,
    status: 201,
    body: NewPortalUser,
    answer: PortalUserAnswer,
  },
  {
    method: 'DELETE',
    path: `${accountPath}/users/:user`,
    summary: 'Remove a portal user',
    servedBy: 'contact-registry',
    who: ['operator', 'admin'],
    beforeGate: true,
    status: 200,
    answer: PortalUserRemoved,
  },
  {
    method: 'GET',
    path: '/v1/integration-types',
    summary: 'Which contact fields each type requires',
    servedBy: 'contact-registry',
    who: ['events:send', 'operator', 'support', 'admin', 'member'],
    beforeGate: true,
    status: 200,
    answer: IntegrationTypeList,
  },
  {
    method: 'GET',
    path: '/v1/help',
    summary: 'Where to find support and a guide',
    servedBy: 'gateway',
    who: ['public'],
    beforeGate: true,
    status: 200,
    answer: HelpLinks,
  },
] as const satisfies readonly Route[];

/** Calls between our own services; never through the gateway. */
export const internalPaths = {
  /** POST { sha256 } → KeyVerdict */
  verifyKey: '/internal/keys/verify',
  /** POST { cookie } (the value of the session cookie) → SessionVerdict */
  verifySession: '/internal/sessions/verify',
  /** POST { accounts: string[] } → { snapshots: AccountSnapshot[] }; the accounts that do not exist are left out */
  snapshots: '/internal/snapshots',
  /**
   * POST { accounts: [{ account, heldVersion, differs? }] } → { raised: string[] }: a router met an older snapshot than it
   * holds, or (`differs`) another one of the same version. Accounts of which the registry itself has less than is held get
   * a version above it and are published; `raised` names them. The others are left alone.
   */
  markDirty: '/internal/mark-dirty',
} as const;
