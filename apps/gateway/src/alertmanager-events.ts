import {
  AlertmanagerAlert,
  type ApiKeyPrincipal,
  environments,
  type Environment,
  EventAccount,
  type EventKind,
  eventKinds,
  parseSignalboxEvent,
  type Severity,
  type SignalboxEvent,
  unmappedAccount,
} from '@signalbox/contracts';
import { sha256Hex } from '@signalbox/runtime';
import { cleanLine, cleanText } from './clean-text.js';
import { beyondLimits } from './key-limits.js';

/** The names of the labels that say what we need to know; a setting. */
export interface AlertLabels {
  readonly account: string;
  readonly environment: string;
  readonly kind: string;
  readonly severity: string;
}

export interface AlertContext {
  readonly labels: AlertLabels;
  readonly sender: ApiKeyPrincipal;
  readonly now: Date;
}

export type ReadAlert =
  | { readonly outcome: 'event'; readonly event: SignalboxEvent }
  | { readonly outcome: 'unreadable'; readonly detail: string };

/**
 * One alert of an Alertmanager webhook as one event. What is missing or wrong in its labels is told in the event's
 * details and never refused: a monitor cannot mend itself, and people have to hear of it.
 * Pure: the same alert sent again, with other annotations even, has the same id.
 */
export function readAlert(alert: unknown, context: AlertContext): ReadAlert {
  const parsed = AlertmanagerAlert.safeParse(alert);
  if (!parsed.success) return unreadable(parsed.error);
  const startsAt = instantOf(parsed.data.startsAt);
  if (startsAt === undefined) return { outcome: 'unreadable', detail: 'startsAt is no instant.' };

  const event = parseSignalboxEvent(rawEvent(parsed.data, startsAt, context));
  return event.success ? { outcome: 'event', event: event.data } : unreadable(event.error);
}

function rawEvent(alert: AlertmanagerAlert, startsAt: Date, { labels: names, sender, now }: AlertContext) {
  const { labels, annotations, status } = alert;
  const kind = kindOf(labels[names.kind]);
  const environment = environmentOf(labels[names.environment], names.environment);
  const mayBe = {
    kind: kind.value,
    account: accountOf(labels[names.account]),
    environment: environment.value,
  };
  const account = permittedAccount(mayBe, sender, names.account);

  const source = `urn:signalbox:monitor:${encodeURIComponent(sender.name)}`;
  const idOf = (which: AlertmanagerAlert['status']) => alertId(alert, startsAt, which);
  const notes = [account.note, environment.note, kind.note].filter((note) => note !== undefined);
  const data = {
    environment: environment.value,
    title: titleOf(alert),
    ...optional('summary', cleanText(annotations.description ?? '', mostSummary) || undefined),
    ...optional('severity', severityOf(labels[names.severity])),
    status,
    ...(status === 'resolved' ? { resolves: { source, id: idOf('firing') } } : {}),
    details: detailsOf(labels, Object.values(names), notes),
    ...optional('links', linksOf(alert)),
  };
  return {
    id: idOf(status),
    source,
    kind: kind.value,
    account: account.value,
    time: timeOf(alert, startsAt, now).toISOString(),
    identity: 'monitor',
    acceptedBy: sender.id,
    data,
  };
}

/** What a label came to, and what a reader has to know about how. */
interface Mapped<T> {
  readonly value: T;
  readonly note?: string;
}

const mostTitle = 200;
const mostSummary = 10_000;
const mostDetails = 50;
const mostDetailName = 100;
const mostDetailValue = 1_000;
const mostLink = 2_000;

/** Where a monitor's labels could not be taken at their word, this detail says so. */
const noteName = 'signalbox_note';

/**
 * An alert that a monitor sends again and again is one event when it starts and one when it ends: made of what stays the
 * same meanwhile. Annotations and endsAt move; so does the way two monitors write one instant.
 */
function alertId(
  { fingerprint, labels }: AlertmanagerAlert,
  startsAt: Date,
  status: 'firing' | 'resolved',
): string {
  const alert = fingerprint || Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256Hex(JSON.stringify([alert, startsAt.toISOString(), status]));
}

/** A firing alert happened when it started, a resolved one when it ended; Alertmanager's "not yet" is the year 1. */
function timeOf({ status, endsAt }: AlertmanagerAlert, startsAt: Date, now: Date): Date {
  if (status === 'firing') return startsAt;
  const ended = endsAt === undefined ? undefined : instantOf(endsAt);
  return ended !== undefined && ended >= startsAt ? ended : now;
}

/** RFC 3339; within the years that an event's time can have. */
function instantOf(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text)) return undefined;
  const instant = new Date(text);
  const year = instant.getUTCFullYear();
  return Number.isNaN(year) || year < 0 || year > 9999 ? undefined : instant;
}

function accountOf(label: string | undefined): Mapped<string> {
  if (label === undefined || label.trim() === '') {
    return { value: unmappedAccount, note: 'The alert names no account.' };
  }
  const account = EventAccount.safeParse(label.trim());
  return account.success
    ? { value: account.data }
    : { value: unmappedAccount, note: 'The account label of the alert cannot be the name of an account.' };
}

/** What the key may not send is not refused, and not told to a partner either: the operators get it. */
function permittedAccount(
  { kind, account, environment }: { kind: EventKind; account: Mapped<string>; environment: Environment },
  sender: ApiKeyPrincipal,
  label: string,
): Mapped<string> {
  if (account.value === unmappedAccount) return account;
  const beyond = beyondLimits(sender, { kind, account: account.value, data: { environment, title: '' } });
  if (beyond.length === 0) return account;
  const named = `${label} ${JSON.stringify(cleanLine(account.value, mostTitle))}`;
  return {
    value: unmappedAccount,
    note: `The monitor's key may not send this (${beyond.join(', ')}); the alert has ${named}.`,
  };
}

function kindOf(label: string | undefined): Mapped<EventKind> {
  const usual: EventKind = 'production-incident';
  if (label === undefined || label === '') return { value: usual };
  const kind = eventKinds.find((known) => known === label.trim().toLowerCase());
  if (kind !== undefined) return { value: kind };
  return { value: usual, note: `${quoted(label)} is no kind of event; taken as ${usual}.` };
}

/** In doubt production: told once too often is better than never. */
function environmentOf(label: string | undefined, name: string): Mapped<Environment> {
  const usual: Environment = 'production';
  if (label === undefined || label === '') return { value: usual };
  const environment = environments.find((known) => known === label.trim().toLowerCase());
  if (environment !== undefined) return { value: environment };
  return { value: usual, note: `The ${name} ${quoted(label)} is not known; taken as ${usual}.` };
}

/** How monitors name what we call a severity. What is not here says nothing. */
const severityOfLabel: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  page: 'critical',
  fatal: 'critical',
  error: 'critical',
  warning: 'warning',
  warn: 'warning',
  info: 'info',
  information: 'info',
  notice: 'info',
};

function severityOf(label: string | undefined): Severity | undefined {
  const known = label?.trim().toLowerCase() ?? '';
  return Object.hasOwn(severityOfLabel, known) ? severityOfLabel[known] : undefined;
}

function titleOf({ labels, annotations }: AlertmanagerAlert): string {
  const candidates = [annotations.summary, annotations.description, labels.alertname];
  const titles = candidates.map((text) => cleanLine(text ?? '', mostTitle));
  return titles.find((title) => title !== '') ?? 'Alert without a name';
}

/** The labels that have no place of their own; our notes first, so that no number of labels can push them out. */
function detailsOf(
  labels: Readonly<Record<string, string>>,
  taken: readonly string[],
  notes: readonly string[],
): Record<string, string> {
  const others = Object.entries(labels)
    .filter(([name]) => !taken.includes(name))
    .map(([name, value]) => [cleanLine(name, mostDetailName), cleanText(value, mostDetailValue)] as const)
    .filter(([name]) => !unusableNames.has(name));
  const entries = [...(notes.length > 0 ? [[noteName, notes.join(' ')] as const] : []), ...others];
  return Object.fromEntries(entries.slice(0, mostDetails));
}

const unusableNames: ReadonlySet<string> = new Set(['', '__proto__', noteName]);

function linksOf({
  generatorURL,
  annotations,
}: AlertmanagerAlert): { label: string; url: string }[] | undefined {
  const links = [
    { label: 'Runbook', url: annotations.runbook_url ?? '' },
    { label: 'Source of the alert', url: generatorURL ?? '' },
  ].filter(({ url }) => isHttpUrl(url));
  return links.length > 0 ? links : undefined;
}

function isHttpUrl(text: string): boolean {
  return text.length <= mostLink && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

const quoted = (label: string): string => JSON.stringify(cleanLine(label, mostDetailName));

const optional = <N extends string, T>(name: N, value: T | undefined): { [key in N]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { [key in N]?: T };

/** Names the places and what is wrong there, never a value that came. */
function unreadable(error: {
  readonly issues: readonly { path: PropertyKey[]; message: string }[];
}): ReadAlert {
  const detail = error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
    .join('; ');
  return { outcome: 'unreadable', detail: detail.slice(0, 500) };
}
