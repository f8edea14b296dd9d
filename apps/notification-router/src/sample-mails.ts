import type { Delivery, SampleMail, SignalboxEvent } from '@signalbox/contracts';
import type { MailedDispatch, RenderedEmail } from '@signalbox/mails';
import type { NamedPreview } from './account-previews.js';

/** The mail as the worker would make it. */
export type RenderSample = (
  delivery: Pick<Delivery, '_id' | 'language' | 'step' | 'why'>,
  dispatch: MailedDispatch,
  now: Date,
) => RenderedEmail;

interface Sample {
  readonly recipient: Pick<Delivery, 'language' | 'step' | 'why'>;
  readonly account: string;
  readonly accountName: string;
}

/** No platform speaks more; whoever makes up languages does not make us keep them all. */
const mostLanguages = 20;
/** No delivery has this id, so that the link to acknowledge is nobody's. */
const noDelivery = 'preview';

/** One recipient of each language: somebody of the category itself, where there is one. */
export class SampleMails {
  private readonly byLanguage = new Map<string, Sample>();

  take({ preview: { account, recipients }, accountName }: NamedPreview): void {
    for (const recipient of recipients) {
      const held = this.byLanguage.get(recipient.language);
      const isNew = held === undefined && this.byLanguage.size < mostLanguages;
      const isBetter =
        held !== undefined && held.recipient.why !== 'category' && recipient.why === 'category';
      if (isNew || isBetter) this.byLanguage.set(recipient.language, { recipient, account, accountName });
    }
  }

  render(
    eventOf: (account: string) => SignalboxEvent,
    render: (delivery: Parameters<RenderSample>[0], dispatch: MailedDispatch) => RenderedEmail,
  ): SampleMail[] {
    return [...this.byLanguage].sort().map(([language, { recipient, account, accountName }]) => ({
      language,
      account,
      ...render({ _id: noDelivery, ...recipient }, { event: eventOf(account), accountName }),
    }));
  }
}
