import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  NewPortalUser,
  type PortalUser,
  type PortalUserAnswer,
  type PortalUserRemoved,
} from '@signalbox/contracts';
import { noSuchAccount, parseOrProblem, ProblemError } from '@signalbox/runtime';
import type { z } from 'zod';
import type { Asker } from '../accounts/asker.js';
import { ChangeUsers } from '../accounts/change-users.js';
import { ReadAccounts, type Page } from '../accounts/read-accounts.js';
import { CurrentAsker } from './access.js';
import { doneOrProblem, invalidInformation } from './outcome-or-problem.js';

@Controller('v1/accounts/:account/users')
export class UsersController {
  constructor(
    private readonly read: ReadAccounts,
    private readonly users: ChangeUsers,
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
    @CurrentAsker() asker: Asker,
  ): Promise<z.infer<typeof PortalUserAnswer>> {
    const wanted = parseOrProblem(NewPortalUser, body);
    const { outcome, userId } = await this.users.add(id, wanted, asker);
    const { account, inForce } = doneOrProblem(outcome, () => {
      return new ProblemError('user-exists', 'This account has a user with that address already.');
    });
    const user = account.users.find((each) => each.id === userId);
    if (user === undefined) throw new Error(`${id} was written without the user ${userId}`);
    return { user, version: account.version, inForce };
  }

  @Delete(':user')
  async remove(
    @Param('account') id: string,
    @Param('user') userId: string,
    @CurrentAsker() asker: Asker,
  ): Promise<z.infer<typeof PortalUserRemoved>> {
    const outcome = await this.users.remove(id, userId, asker);
    const { account, inForce } = doneOrProblem(outcome, (why) =>
      why.kind === 'invalid'
        ? invalidInformation(why.errors)
        : new ProblemError('not-found', 'This account has no such user.'),
    );
    return { version: account.version, inForce };
  }
}
