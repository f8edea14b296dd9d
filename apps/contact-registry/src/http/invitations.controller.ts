import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  EnvironmentQuery,
  NewPortalUser,
  type InvitationList,
  type InvitationView,
  type Principal,
} from '@signalbox/contracts';
import type { Inviter } from '@signalbox/domain';
import { noSuchAccount, parseOrProblem, principalOf, ProblemError, systemClock } from '@signalbox/runtime';
import type { Request } from 'express';
import {
  ChangeInvitations,
  type InvitationAsk,
  type InvitationOutcome,
  type InvitationRefusal,
} from '../access/change-invitations.js';
import { invitationView } from '../access/invitation-document.js';
import { InvitationStore } from '../access/invitation-store.js';
import { ReadAccounts } from '../accounts/read-accounts.js';
import { askerOf } from './access.js';
import { tooManyMails } from './too-many-mails.js';

@Controller('v1/accounts/:account/invitations')
export class InvitationsController {
  constructor(
    private readonly accounts: ReadAccounts,
    private readonly invitations: InvitationStore,
    private readonly change: ChangeInvitations,
  ) {}

  @Get()
  async list(@Param('account') account: string): Promise<InvitationList> {
    if ((await this.accounts.find(account)) === null) throw noSuchAccount();
    const now = systemClock.now();
    const items = (await this.invitations.list(account)).map((each) => invitationView(each, now));
    return { items, nextCursor: null };
  }

  @Post()
  @HttpCode(201)
  async invite(@Req() request: Request, @Body() body: unknown, @Query() query: unknown) {
    const wanted = parseOrProblem(NewPortalUser, body);
    return invitedOrProblem(await this.change.make(invitationAskOf(request, query), wanted));
  }

  @Post(':invitation/resend')
  @HttpCode(200)
  async resend(@Req() request: Request, @Param('invitation') id: string, @Query() query: unknown) {
    return invitedOrProblem(await this.change.resend(invitationAskOf(request, query), id));
  }

  @Delete(':invitation')
  async revoke(@Req() request: Request, @Param('invitation') id: string, @Query() query: unknown) {
    return invitedOrProblem(await this.change.revoke(invitationAskOf(request, query), id));
  }
}

/** Who invites to the account of the path. @param query names the environment whose gate they stand before. */
export function invitationAskOf(request: Request, query: unknown = {}): InvitationAsk {
  const account = String(request.params.account);
  const { environment } = parseOrProblem(EnvironmentQuery, query, 'query');
  return { account, environment, inviter: inviterOf(principalOf(request), account), asker: askerOf(request) };
}

function inviterOf(principal: Principal, account: string): Inviter {
  if (principal.kind !== 'portal-user') return 'operator';
  const membership = principal.memberships.find((each) => each.account === account);
  if (membership === undefined) throw noSuchAccount();
  return membership.role;
}

/** What was done, or the problem that says why not. */
export function invitedOrProblem(outcome: InvitationOutcome): InvitationView {
  switch (outcome.kind) {
    case 'done':
      return outcome.view;
    case 'too-many-mails':
      throw tooManyMails('invitation', 'This address was sent enough invitations lately.', outcome.againInMs);
    case 'refused':
      throw invitationProblem(outcome.why);
  }
}

function invitationProblem(why: InvitationRefusal): ProblemError {
  switch (why) {
    case 'no-such-account':
      return noSuchAccount();
    case 'no-such-invitation':
      return new ProblemError('not-found', 'This account has no such invitation.');
    case 'not-allowed':
      return new ProblemError('forbidden', 'Inviting is for admins of the account.');
    case 'user-exists':
      return new ProblemError('user-exists', 'This account has a user with that address already.');
    case 'accepted':
      return new ProblemError('invitation-accepted', 'This invitation was accepted already.');
    case 'revoked':
      return new ProblemError('invitation-revoked', 'This invitation was taken back already.');
  }
}
