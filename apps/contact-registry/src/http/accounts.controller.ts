import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  AccountChange,
  AccountChangeQuery,
  AccountListQuery,
  environments,
  EnvironmentQuery,
  IntegrationTypeChangeQuery,
  NewAccount,
  type AccountListItem,
  type AccountView,
  type IntegrationTypeChange,
  type Principal,
  type Readiness,
} from '@signalbox/contracts';
import type { MissingField } from '@signalbox/domain';
import {
  CurrentPrincipal,
  environmentsWithin,
  limitsOf,
  noSuchAccount,
  parseOrProblem,
  ProblemError,
  requireWithinLimits,
} from '@signalbox/runtime';
import { accountListItem, accountView } from '../accounts/account-views.js';
import type { Asker } from '../accounts/asker.js';
import { ChangeAccountFacts } from '../accounts/change-account-facts.js';
import { LaunchAccount } from '../accounts/launch-account.js';
import { ReadAccounts, type Page } from '../accounts/read-accounts.js';
import { CurrentAsker, seesInternals } from './access.js';
import { doneOrProblem } from './outcome-or-problem.js';

@Controller('v1/accounts')
export class AccountsController {
  constructor(
    private readonly read: ReadAccounts,
    private readonly facts: ChangeAccountFacts,
    private readonly launchAccount: LaunchAccount,
  ) {}

  @Get()
  async list(
    @Query() query: unknown,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Page<AccountListItem>> {
    const wanted = parseOrProblem(AccountListQuery, query, 'query');
    const shown = environmentsWithin(principal);
    const { environment = shown.includes('production') ? 'production' : shown[0] } = wanted;
    const page = await this.read.list({ ...wanted, environment }, limitsOf(principal).accounts);
    const items = page.items.map((account) => accountListItem(account, seesInternals(principal), shown));
    return { ...page, items };
  }

  @Post()
  @HttpCode(201)
  async create(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
    @CurrentAsker() asker: Asker,
  ): Promise<AccountView> {
    const wanted = parseOrProblem(NewAccount, body);
    requireWithinLimits(principal, { account: wanted.id });
    const outcome = await this.facts.create(wanted, asker);
    const done = doneOrProblem(outcome, () => {
      return new ProblemError('account-exists', `There is an account "${wanted.id}" already.`);
    });
    return accountView(done.account, true, done.inForce);
  }

  @Get(':account')
  async one(@Param('account') id: string, @CurrentPrincipal() principal: Principal): Promise<AccountView> {
    const account = await this.read.find(id);
    if (account === null) throw noSuchAccount();
    return accountView(account, seesInternals(principal));
  }

  @Patch(':account')
  async change(
    @Param('account') id: string,
    @Query() query: unknown,
    @Body() body: unknown,
    @CurrentAsker() asker: Asker,
  ): Promise<AccountView> {
    const isConfirmed = parseOrProblem(AccountChangeQuery, query, 'query').confirm === 'true';
    const wanted = parseOrProblem(AccountChange, body);
    const outcome = await this.facts.change(id, wanted, asker, isConfirmed);
    const done = doneOrProblem(outcome, unconfirmed);
    return accountView(done.account, true, done.inForce);
  }

  @Get(':account/integration-type-change')
  async typeChange(@Param('account') id: string, @Query() query: unknown): Promise<IntegrationTypeChange> {
    const { to } = parseOrProblem(IntegrationTypeChangeQuery, query, 'query');
    const change = await this.read.integrationTypeChange(id, to);
    if (change === undefined) throw noSuchAccount();
    return change;
  }

  @Post(':account/launch')
  @HttpCode(200)
  async launch(@Param('account') id: string, @CurrentAsker() asker: Asker): Promise<AccountView> {
    const outcome = await this.launchAccount.execute(id, asker);
    const done = doneOrProblem(outcome, incomplete);
    return accountView(done.account, true, done.inForce);
  }

  @Get(':account/readiness')
  async readiness(@Param('account') id: string, @Query() query: unknown): Promise<Readiness> {
    const { environment } = parseOrProblem(EnvironmentQuery, query, 'query');
    const readiness = await this.read.readiness(id, environment);
    if (readiness === undefined) throw noSuchAccount();
    return readiness;
  }
}

/** Everything that it would do, in the words of the sentence and as data. */
function unconfirmed(change: IntegrationTypeChange): ProblemError {
  const { to, dropped, becomesMissing, closesGate } = change;
  const losses = dropped.length > 0 ? [`removes ${dropped.join(', ')}`] : [];
  const gates = environments
    .filter((environment) => becomesMissing[environment].length > 0)
    .map((environment) => {
      const fields = becomesMissing[environment].join(', ');
      if (closesGate[environment]) return `closes the gate of ${environment} until there is ${fields}`;
      return `asks in ${environment} for ${fields} too`;
    });
  return new ProblemError(
    'integration-type-change-unconfirmed',
    `Changing to ${to} ${[...losses, ...gates].join('; it ')}. Ask again with ?confirm=true to do it.`,
    { extra: { ...change } },
  );
}

function incomplete(missing: readonly MissingField[]): ProblemError {
  const fields = missing.map(({ field }) => field).join(', ');
  return new ProblemError('contact-information-incomplete', `Before launch this is missing: ${fields}.`, {
    extra: { missing },
  });
}
