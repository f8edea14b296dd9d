import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import {
  NewPortalUser,
  PortalUserChange,
  type PortalUser,
  type PortalUserAdded,
  type PortalUserAnswer,
  type PortalUserRemoved,
  type Principal,
} from '@signalbox/contracts';
import {
  CurrentPrincipal,
  noSuchAccount,
  parseOrProblem,
  principalOf,
  ProblemError,
} from '@signalbox/runtime';
import type { Request } from 'express';
import type { z } from 'zod';
import type { Asker } from '../accounts/asker.js';
import { ChangeInvitations } from '../access/change-invitations.js';
import { RemoveUser } from '../access/remove-user.js';
import type { AccountDocument } from '../accounts/account-document.js';
import { ChangeUsers, type UserChangeRefusal } from '../accounts/change-users.js';
import { ReadAccounts, type Page } from '../accounts/read-accounts.js';
import { askerOf, CurrentAsker } from './access.js';
import { invitationAskOf, invitedOrProblem } from './invitations.controller.js';
import { doneOrProblem, invalidInformation } from './outcome-or-problem.js';

@Controller('v1/accounts/:account/users')
export class UsersController {
  constructor(
    private readonly read: ReadAccounts,
    private readonly users: ChangeUsers,
    private readonly removal: RemoveUser,
    private readonly invitations: ChangeInvitations,
  ) {}

  /** All at once: the users of an account stand in its document. */
  @Get()
  async list(@Param('account') id: string): Promise<Page<PortalUser>> {
    const account = await this.read.find(id);
    if (account === null) throw noSuchAccount();
    return { items: account.users, nextCursor: null };
  }

  @Post()
  @HttpCode(201)
  async add(
    @Param('account') id: string,
    @Body() body: unknown,
    @Req() request: Request,
  ): Promise<z.infer<typeof PortalUserAdded>> {
    const wanted = parseOrProblem(NewPortalUser, body);
    // Whether the address is somebody's elsewhere is not theirs to learn, so what they add is always an invitation.
    if (principalOf(request).kind === 'portal-user') {
      return { invitation: invitedOrProblem(await this.invitations.make(invitationAskOf(request), wanted)) };
    }
    const { outcome, userId } = await this.users.add(id, wanted, askerOf(request));
    const { account, inForce } = doneOrProblem(outcome, () => {
      return userProblem('user-exists');
    });
    return { user: userOf(account, userId), version: account.version, inForce };
  }

  @Patch(':user')
  async change(
    @Param('account') id: string,
    @Param('user') userId: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
    @CurrentAsker() asker: Asker,
  ): Promise<z.infer<typeof PortalUserAnswer>> {
    const wanted = parseOrProblem(PortalUserChange, body);
    requireMayChange(principal, id, userId, wanted);
    const outcome = await this.users.change(id, userId, wanted, asker);
    const { account, inForce } = doneOrProblem(outcome, userProblem);
    return { user: userOf(account, userId), version: account.version, inForce };
  }

  @Delete(':user')
  async remove(
    @Param('account') id: string,
    @Param('user') userId: string,
    @CurrentAsker() asker: Asker,
  ): Promise<z.infer<typeof PortalUserRemoved>> {
    const outcome = await this.removal.execute(id, userId, asker);
    const { account, inForce } = doneOrProblem(outcome, (why) =>
      why.kind === 'invalid' ? invalidInformation(why.errors) : userProblem(why.kind),
    );
    return { version: account.version, inForce };
  }
}

function userOf({ _id, users }: AccountDocument, userId: string): PortalUser {
  const user = users.find(({ id }) => id === userId);
  if (user === undefined) throw new Error(`${_id} was written without the user ${userId}`);
  return user;
}

function userProblem(why: UserChangeRefusal): ProblemError {
  switch (why) {
    case 'no-such-user':
      return new ProblemError('not-found', 'This account has no such user.');
    case 'user-exists':
      return new ProblemError('user-exists', 'This account has a user with that address already.');
    case 'last-admin':
      return new ProblemError('last-admin', 'Make somebody else an admin first: an account keeps one.');
  }
}

/**
 * A portal user gives no other mailbox access than by an invitation: its owner could else be in an account that they never
 * heard of.
 * @throws ProblemError `forbidden` for an address; for a member who changes more than their own name and language.
 */
function requireMayChange(
  principal: Principal,
  account: string,
  userId: string,
  { email, role }: PortalUserChange,
): void {
  if (principal.kind !== 'portal-user') return;
  if (email !== undefined)
    throw new ProblemError(
      'forbidden',
      'An address is not changed here: invite the new one, then remove this user.',
    );
  const self = principal.memberships.find((each) => each.account === account);
  if (self?.role === 'admin' || (self?.user === userId && role === undefined)) return;
  throw new ProblemError(
    'forbidden',
    'A member changes their own name and language; the rest is for admins.',
  );
}
