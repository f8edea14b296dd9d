import Handlebars from 'handlebars';
import { linkTo, portalPages, type Delivery, type Dispatch, type SignalboxEvent } from '@signalbox/contracts';
import { asksForAcknowledgement, isAllClear, lateByMinutes } from '@signalbox/domain';
import { signedToken, type SigningKeys } from '@signalbox/runtime';
import { kindFields } from './templates/kind-fields.js';
import { textsFor } from './templates/languages/index.js';
import { layoutHtml } from './templates/layout-html.js';
import { layoutText } from './templates/layout-text.js';
import type { FactLabel, MailTexts } from './templates/mail-texts.js';
import type { Labelled, MailView } from './templates/mail-view.js';
import { cut, fill, instantText, manyLines, oneLine } from './templates/plain-words.js';

/** What of a dispatch its mails say. */
export type MailedDispatch = Pick<Dispatch, 'event' | 'accountName'>;

/** A mail's content; who gets it stands in the delivery. */
export interface RenderedEmail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface RenderSettings {
  /** Where the portal is. */
  readonly publicUrl: string;
  /** Sign the links by which somebody says that they are on it. */
  readonly signingKeys: SigningKeys;
}

/** Long enough for every client's list; mail programs cut at 60 to 120 themselves, and the kind's word stands first. */
const mostSubjectCharacters = 120;
const mostAccountCharacters = 40;

const asText = Handlebars.compile<MailView>(layoutText, { noEscape: true });
const asHtml = Handlebars.compile<MailView>(layoutHtml);

/**
 * Makes the mail of a delivery out of its dispatch, in the recipient's language. Text and HTML hold the same facts.
 * No address is ever put in: neither the reader's nor anybody else's.
 */
export function renderEmail(
  delivery: Pick<Delivery, '_id' | 'language' | 'step' | 'why'>,
  dispatch: MailedDispatch,
  settings: RenderSettings,
  now: Date,
): RenderedEmail {
  const texts = textsFor(delivery.language);
  const view = viewOf(delivery, dispatch, texts, settings, now);
  return { subject: subjectOf(dispatch, texts), text: asText(view), html: asHtml(view) };
}

function subjectOf({ event, accountName }: MailedDispatch, texts: MailTexts): string {
  const { environment, title } = event.data;
  const mark = environment === 'production' ? '' : ` [${environment.toUpperCase()}]`;
  const account = cut(oneLine(accountName), mostAccountCharacters);
  return cut(`${headingOf(event, texts)}${mark}: ${account}: ${oneLine(title)}`, mostSubjectCharacters);
}

function viewOf(
  { _id, step, why }: Pick<Delivery, '_id' | 'step' | 'why'>,
  { event, accountName }: MailedDispatch,
  texts: MailTexts,
  { publicUrl, signingKeys }: RenderSettings,
  now: Date,
): MailView {
  const { data } = event;
  const account = oneLine(accountName);
  const minutes = lateByMinutes(new Date(event.time), now);
  const own = ownFields(event, texts);
  const fact = (label: FactLabel, value: string | undefined): Labelled[] =>
    value === undefined ? [] : [{ label: texts.labels[label], value: oneLine(value) }];
  return {
    language: texts.language,
    late:
      minutes === undefined
        ? undefined
        : fill(texts.late, { at: instantText(new Date(event.time)), minutes }),
    allClear: isAllClear(data) ? texts.allClear : undefined,
    acknowledge: asksForAcknowledgement(event)
      ? {
          ...texts.acknowledge,
          url: linkTo(portalPages.acknowledge, signedToken(signingKeys, 'acknowledge', _id), publicUrl),
        }
      : undefined,
    heading: headingOf(event, texts),
    title: oneLine(data.title),
    facts: [
      ...fact('account', account),
      ...fact('environment', texts.environments[data.environment]),
      ...fact('severity', data.severity && texts.severities[data.severity]),
      ...fact('happenedAt', instantText(new Date(event.time))),
      ...own.facts,
      ...fact('event', event.id),
    ],
    paragraphs: [
      ...(data.summary ? [{ label: texts.labels.summary, value: manyLines(data.summary) }] : []),
      ...own.paragraphs,
    ],
    detailsLabel: texts.labels.details,
    details: Object.entries(data.details ?? {}).map(([label, value]) => ({
      label: oneLine(label),
      value: manyLines(value),
    })),
    linksLabel: texts.labels.links,
    links: (data.links ?? []).map(({ label, url }) => ({ label: oneLine(label), url: new URL(url).href })),
    because: [
      fill(texts.because[step], { account }),
      ...(why === 'fallback' ? [texts.fallback] : []),
      ...(why === 'unroutable' ? [texts.unroutable] : []),
      ...(data.environment === 'sandbox' ? [texts.sandbox] : []),
    ],
    portal: texts.portal,
    portalUrl: publicUrl,
  };
}

function ownFields(event: Pick<SignalboxEvent, 'kind' | 'data'>, texts: MailTexts) {
  const values = event.data as Readonly<Record<string, unknown>>;
  const facts: Labelled[] = [];
  const paragraphs: Labelled[] = [];
  for (const [field, shown] of kindFields[event.kind]) {
    const value = values[field];
    if (typeof value !== 'string' || value === '') continue;
    const label = texts.labels[field];
    if (shown === 'paragraph') paragraphs.push({ label, value: manyLines(value) });
    else facts.push({ label, value: shown === 'instant' ? instantText(new Date(value)) : oneLine(value) });
  }
  return { facts, paragraphs };
}

function headingOf({ kind, data }: Pick<SignalboxEvent, 'kind' | 'data'>, texts: MailTexts): string {
  const { word, resolved } = texts.kinds[kind];
  return isAllClear(data) ? resolved : word;
}
