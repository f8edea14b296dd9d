import type { Mailing, MailingView } from '@signalbox/contracts';
import { mostInPart } from './account-previews.js';

export function mailingView(mailing: Mailing): MailingView {
  const { _id, kind, data, state, by, confirmedAt, previewedAt, counts, nextPart } = mailing;
  return {
    id: _id,
    kind,
    title: data.title,
    environment: data.environment,
    state,
    by,
    confirmedAt: (confirmedAt ?? previewedAt).toISOString(),
    sendAt: mailing.sendAt?.toISOString() ?? null,
    counts,
    published: Math.min(nextPart * mostInPart, counts.accounts),
    resolves: mailing.resolves ?? null,
    resolvedAt: mailing.resolvedAt?.toISOString() ?? null,
  };
}
