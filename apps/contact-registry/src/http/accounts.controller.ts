import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  AccountChange,
  AccountListQuery,
  EnvironmentQuery,
  NewAccount,
  type AccountView,
  type Principal,
  type Readiness,
} from '@signalbox/contracts';
import type { MissingField } from '@signalbox/domain';
import { CurrentPrincipal, parseOrProblem, ProblemError } from '@signalbox/runtime';
import { accountView } from '../accounts/account-views.js';
import { ChangeAccountFacts } from '../accounts/change-account-facts.js';
import { LaunchAccount } from '../accounts/launch-account.js';
import { ReadAccounts, type Page } from '../accounts/read-accounts.js';
import { nameOf, requireOperator, visibleAccounts } from './access.js';
import { doneOrProblem, neverRefused, noSuchAccount } from './outcome-or-problem.js';

@Controller('v1/accounts')
export class AccountsController {
  constructor(
    private readonly read: ReadAccounts,
    private readonly facts: ChangeAccountFacts,
    private readonly launchAccount: LaunchAccount,
  ) {}

  @Get()
  async list(@Query() query: unknown, @CurrentPrincipal() principal: Principal): Promise<Page<AccountView>> {
    requireOperator(principal);
    const { limit, cursor } = parseOrProblem(AccountListQuery, query, 'query');
    const page = await this.read.list(limit, cursor, visibleAccounts(principal));
    return { ...page, items: page.items.map((account) => accountView(account)) };
  }

  @Post()
  @HttpCode(201)
  async create(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<AccountView> {
    requireOperator(principal);
    const wanted = parseOrProblem(NewAccount, body);
    requireOperator(principal, wanted.id);
    const outcome = await this.facts.create(wanted, nameOf(principal));
    const done = doneOrProblem(outcome, wanted.id, () => {
      return new ProblemError('account-exists', `There is an account "${wanted.id}" already.`);
    });
    return accountView(done.account, done.inForce);
  }

  @Get(':account')
  async one(@Param('account') id: string, @CurrentPrincipal() principal: Principal): Promise<AccountView> {
    requireOperator(principal, id);
    const account = await this.read.find(id);
    if (account === null) throw noSuchAccount(id);
    return accountView(account);
  }

  @Patch(':account')
  async change(
    @Param('account') id: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AccountView> {
    requireOperator(principal, id);
    const outcome = await this.facts.change(id, parseOrProblem(AccountChange, body), nameOf(principal));
    const done = doneOrProblem(outcome, id, neverRefused);
    return accountView(done.account, done.inForce);
  }

  @Post(':account/launch')
  @HttpCode(200)
  async launch(@Param('account') id: string, @CurrentPrincipal() principal: Principal): Promise<AccountView> {
    requireOperator(principal, id);
    const outcome = await this.launchAccount.execute(id, nameOf(principal));
    const done = doneOrProblem(outcome, id, incomplete);
    return accountView(done.account, done.inForce);
  }

  @Get(':account/readiness')
  async readiness(
    @Param('account') id: string,
    @Query() query: unknown,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Readiness> {
    const { environment } = parseOrProblem(EnvironmentQuery, query, 'query');
    requireOperator(principal, id, environment);
    const readiness = await this.read.readiness(id, environment);
    if (readiness === undefined) throw noSuchAccount(id);
    return readiness;
  }
}

function incomplete(missing: readonly MissingField[]): ProblemError {
  const fields = missing.map(({ field }) => field).join(', ');
  return new ProblemError('contact-information-incomplete', `Before launch this is missing: ${fields}.`, {
    extra: { missing },
  });
}
