import Handlebars from 'handlebars';
import { accountMailLink, type AccountMail, type AccountMailKind } from '@signalbox/contracts';
import { cut, fill, instantText, oneLine, type RenderedEmail, type RenderSettings } from '@signalbox/mails';
import { layoutHtml, layoutText, type AccountMailView } from './account-mail-layouts.js';
import type { AccountMailTexts } from './account-mail-texts.js';
import { accountTextsFor } from './languages/index.js';

export type AccountMailToRender = Pick<AccountMail, 'kind' | 'account' | 'facts' | 'language' | 'expiresAt'>;

/** What a phone shows of a subject. */
const mostSubjectCharacters = 60;
const mostNameCharacters = 60;
const mostTitleCharacters = 120;

const asText = Handlebars.compile<AccountMailView>(layoutText, { noEscape: true });
const asHtml = Handlebars.compile<AccountMailView>(layoutHtml);

/**
 * Makes an account mail in the recipient's language. Text and HTML hold the same facts; no address is put in.
 * @param secret of the link; null for a kind without one.
 * @throws Error when the kind has a link and there is no secret for it.
 */
export function renderAccountMail(
  mail: AccountMailToRender,
  secret: string | null,
  { publicUrl }: Pick<RenderSettings, 'publicUrl'>,
): RenderedEmail {
  const texts = accountTextsFor(mail.language);
  const { words, about, title, paragraphs, action, otherwise } = texts.kinds[mail.kind];
  const values = valuesOf(mail, texts, publicUrl);
  const view: AccountMailView = {
    language: texts.language,
    title: fill(title, values),
    paragraphs: paragraphs.map((paragraph) => fill(paragraph, values)),
    items: alarmItems(mail.facts, texts),
    ...(action !== null && {
      link: {
        action,
        url: linkOf(mail.kind, secret, publicUrl),
        holds: fill(texts.holds, { until: instantText(mail.expiresAt) }),
      },
    }),
    otherwise: fill(otherwise, values),
    footer: texts.footer,
  };
  return {
    subject: cut(`${words}: ${fill(about, values)}`, mostSubjectCharacters),
    text: asText(view),
    html: asHtml(view),
  };
}

function valuesOf({ account, facts }: AccountMailToRender, texts: AccountMailTexts, publicUrl: string) {
  const accountName = account === null ? texts.noAccount : cut(oneLine(account.name), mostNameCharacters);
  const field = facts.field && texts.fields[facts.field];
  return {
    account: accountName,
    by: facts.by === undefined ? fill(texts.somebody, { account: accountName }) : withoutLinks(facts.by),
    role: facts.role ? texts.roles[facts.role] : '',
    field: field?.name ?? '',
    purpose: field?.purpose ?? '',
    portal: publicUrl,
    alarm: facts.alarm ? texts.alarms[facts.alarm].about : '',
    meaning: facts.alarm ? texts.alarms[facts.alarm].meaning : '',
    count: String(facts.count ?? 0),
    since: facts.since === undefined ? '' : instantText(new Date(facts.since)),
  };
}

/** The events of an alarm, a line each, and how many are not named. */
function alarmItems(
  { count = 0, events = [] }: AccountMailToRender['facts'],
  texts: AccountMailTexts,
): string[] {
  const named = events.map(({ kind, account, environment, title, id, step }) =>
    fill(texts.alarmedEvent, {
      kind,
      account: cut(oneLine(account), mostNameCharacters),
      environment,
      title:
        title === undefined
          ? ''
          : fill(texts.alarmedTitle, { title: cut(oneLine(title), mostTitleCharacters) }),
      id: oneLine(id),
      toldNow: step === null ? '' : texts.toldNow[step],
    }),
  );
  const more = count - events.length;
  return more > 0 ? [...named, fill(texts.moreAlarms, { more: String(more) })] : named;
}

function linkOf(kind: AccountMailKind, secret: string | null, publicUrl: string): string {
  if (secret === null) throw new Error(`a mail of the kind ${kind} has no secret for its link`);
  return accountMailLink(kind, secret, publicUrl);
}

/** People choose their names, and mail programs make links of what looks like one: an invitation must not carry theirs. */
const withoutLinks = (name: string): string =>
  cut(
    oneLine(name)
      .replaceAll('://', ' ')
      .replace(/\.(?=\p{L}{2})/gu, '. '),
    mostNameCharacters,
  );
