import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ErasureListQuery,
  NewErasure,
  type ErasureList,
  type ErasureView,
  type Principal,
} from '@signalbox/contracts';
import { CurrentPrincipal, parseOrProblem, ProblemError, requireUnlimited } from '@signalbox/runtime';
import type { Asker } from '../accounts/asker.js';
import { AskForErasure } from '../erasure/ask-for-erasure.js';
import { erasureView, ReadErasures } from '../erasure/read-erasures.js';
import { CurrentAsker } from './access.js';

/** An erasure goes through every account; a key that is limited to some may not ask for one, nor read of any. */
@Controller('v1/erasures')
export class ErasuresController {
  constructor(
    private readonly ask: AskForErasure,
    private readonly read: ReadErasures,
  ) {}

  @Post()
  @HttpCode(202)
  async erase(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
    @CurrentAsker() asker: Asker,
  ): Promise<ErasureView> {
    requireUnlimited(principal);
    const asked = await this.ask.execute(parseOrProblem(NewErasure, body).address, asker);
    if (asked.kind === 'asked') return erasureView(asked.erasure);
    throw new ProblemError('last-operator', 'Make somebody else an operator before this one is forgotten.');
  }

  @Get()
  async list(@Query() query: unknown, @CurrentPrincipal() principal: Principal): Promise<ErasureList> {
    requireUnlimited(principal);
    const { limit, cursor } = parseOrProblem(ErasureListQuery, query, 'query');
    const page = await this.read.list(limit, cursor);
    if (page === undefined)
      throw new ProblemError('invalid-request', 'The cursor is not one that this list has given out.');
    return page;
  }

  @Get(':erasure')
  async one(@Param('erasure') id: string, @CurrentPrincipal() principal: Principal): Promise<ErasureView> {
    requireUnlimited(principal);
    const found = await this.read.find(id);
    if (found === undefined) throw new ProblemError('not-found', 'There is no such erasure.');
    return found;
  }
}
