import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ErasureListQuery, NewErasure, type ErasureList, type ErasureView } from '@signalbox/contracts';
import { parseOrProblem, ProblemError } from '@signalbox/runtime';
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
  async erase(@Body() body: unknown, @CurrentAsker() asker: Asker): Promise<ErasureView> {
    const asked = await this.ask.execute(parseOrProblem(NewErasure, body).address, asker);
    if (asked.kind === 'asked') return erasureView(asked.erasure);
    throw new ProblemError('last-operator', 'Make somebody else an operator before this one is forgotten.');
  }

  @Get()
  async list(@Query() query: unknown): Promise<ErasureList> {
    const { limit, cursor } = parseOrProblem(ErasureListQuery, query, 'query');
    const page = await this.read.list(limit, cursor);
    if (page === undefined)
      throw new ProblemError('invalid-request', 'The cursor is not one that this list has given out.');
    return page;
  }

  @Get(':erasure')
  async one(@Param('erasure') id: string): Promise<ErasureView> {
    const found = await this.read.find(id);
    if (found === undefined) throw new ProblemError('not-found', 'There is no such erasure.');
    return found;
  }
}
