import { accountMailKinds, type AccountMail } from '@signalbox/contracts';
import { nextAccountMailAttempt, type DeliveryReason } from '@signalbox/domain';
import type { Encryption } from '@signalbox/runtime';
import type { MailsToSend, NextTry, NotComposed } from '../deliver-email.js';
import type { RenderSettings } from '@signalbox/mails';
import type { OutgoingMail } from '../send-mail.js';
import { renderAccountMail } from './render-account-mail.js';

/** What stands in account mails, and when one is tried again. */
export class AccountMailComposer implements MailsToSend<AccountMail> {
  constructor(
    private readonly encryption: Pick<Encryption, 'open'>,
    private readonly settings: Pick<RenderSettings, 'publicUrl'>,
  ) {}

  compose(mail: AccountMail): Promise<OutgoingMail | NotComposed> {
    const secret = this.secretOf(mail);
    if (typeof secret === 'object' && secret !== null) return Promise.resolve(secret);
    return Promise.resolve({
      ...renderAccountMail(mail, secret, this.settings),
      lane: 'account',
      delivery: mail._id,
      address: mail.address,
    });
  }

  /** As long as the mail holds; one whose secret cannot be read is not going to be readable by waiting. */
  next({ attempt, expiresAt }: AccountMail, reason: DeliveryReason, now: Date): NextTry {
    if (reason === 'secret-unreadable') return { expired: reason };
    const next = nextAccountMailAttempt(attempt, expiresAt, now, Math.random());
    return 'expired' in next ? { expired: 'lifetime-passed' } : next;
  }

  private secretOf({ _id, kind, sealedSecret }: AccountMail): string | null | NotComposed {
    if (accountMailKinds[kind].path === null) return null;
    const opened = this.encryption.open(sealedSecret ?? '', _id);
    return opened.ok ? opened.text : { notComposed: 'secret-unreadable', detail: opened.why };
  }
}
