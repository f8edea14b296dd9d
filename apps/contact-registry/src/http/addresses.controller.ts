import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  AddressField,
  ConfirmationRequest,
  LinkSecret,
  type AddressConfirmed,
  type AddressList,
  type ConfirmationAsked,
  type TestMailsAsked,
} from '@signalbox/contracts';
import { noSuchAccount, parseOrProblem, ProblemError } from '@signalbox/runtime';
import type { Asker } from '../accounts/asker.js';
import { ReadAccounts } from '../accounts/read-accounts.js';
import { AskForConfirmation } from '../addresses/ask-for-confirmation.js';
import { ConfirmAddress, type ConfirmationRefusal } from '../addresses/confirm-address.js';
import { ReadAddresses } from '../addresses/read-addresses.js';
import { SendTestMails } from '../addresses/send-test-mails.js';
import { CurrentAsker } from './access.js';
import { tooManyMails } from './too-many-mails.js';

@Controller('v1')
export class AddressesController {
  constructor(
    private readonly accounts: ReadAccounts,
    private readonly addresses: ReadAddresses,
    private readonly askForConfirmation: AskForConfirmation,
    private readonly confirmAddress: ConfirmAddress,
    private readonly sendTestMails: SendTestMails,
  ) {}

  @Get('accounts/:account/contact-information/addresses')
  async list(@Param('account') id: string): Promise<AddressList> {
    const account = await this.accounts.find(id);
    if (account === null) throw noSuchAccount();
    return { items: await this.addresses.list(account), nextCursor: null };
  }

  @Post('accounts/:account/contact-information/addresses/confirmation')
  @HttpCode(202)
  async ask(
    @Param('account') id: string,
    @Body() body: unknown,
    @CurrentAsker() asker: Asker,
  ): Promise<ConfirmationAsked> {
    const { email } = parseOrProblem(ConfirmationRequest, body);
    const asked = await this.askForConfirmation.execute(id, email, asker);
    switch (asked.kind) {
      case 'asked':
        return { expiresAt: asked.expiresAt.toISOString() };
      case 'no-such-account':
        throw noSuchAccount();
      case 'not-in-use':
        throw new ProblemError('not-found', 'This address does not stand in the contact information.');
      case 'too-many':
        throw tooManyMails(
          'address-confirmation',
          'This address was sent enough confirmations lately.',
          asked.againInMs,
        );
    }
  }

  @Post('accounts/:account/contact-information/:field/test-mail')
  @HttpCode(202)
  async test(
    @Param('account') id: string,
    @Param('field') name: string,
    @CurrentAsker() asker: Asker,
  ): Promise<TestMailsAsked> {
    const field = AddressField.safeParse(name).data;
    if (field === undefined) throw new ProblemError('not-found', 'There is no such field with addresses.');
    const sent = await this.sendTestMails.execute(id, field, asker);
    switch (sent.kind) {
      case 'sent':
        return { mails: sent.mails };
      case 'no-such-account':
        throw noSuchAccount();
      case 'nobody-there':
        throw nobodyThere(field, sent.isOffered);
      case 'too-many':
        throw tooManyMails('test-mail', `${field} was tested often enough lately.`, sent.againInMs);
    }
  }

  /** By a person who has followed the link and says so: looking at it confirms nothing. */
  @Post('addresses/confirm')
  @HttpCode(200)
  async confirm(@Body() body: unknown): Promise<AddressConfirmed> {
    const confirmation = await this.confirmAddress.execute(parseOrProblem(LinkSecret, body).token);
    if (confirmation.kind === 'refused') throw linkProblem(confirmation.why);
    const { accountName, confirmedAt } = confirmation;
    return { accountName, confirmedAt: confirmedAt.toISOString() };
  }
}

const nobodyThere = (field: AddressField, isOffered: boolean): ProblemError =>
  isOffered
    ? new ProblemError('field-is-empty', `Nobody is in ${field} yet: save an address first.`)
    : new ProblemError('not-found', `Accounts of this type have no ${field}.`);

function linkProblem(why: ConfirmationRefusal): ProblemError {
  switch (why) {
    case 'used':
      return new ProblemError(
        'confirmation-link-used',
        'This link was used already: the address is confirmed.',
      );
    case 'expired':
      return new ProblemError(
        'confirmation-link-expired',
        'This link does not hold any more. Have a new one sent from the contact information.',
      );
    case 'not-in-use':
      return new ProblemError(
        'address-not-in-use',
        'This address does not stand in the contact information any more, so there is nothing to confirm.',
      );
    case 'unknown':
      return new ProblemError(
        'confirmation-link-unknown',
        'There is no such link. Copy all of it from the mail, or have a new one sent.',
      );
  }
}
