import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  DeadLetterDiscard,
  DeadLetterListQuery,
  DeadLetterReplays,
  type DeadLetterList,
  type DeadLettersReplayed,
  type DeadLetterView,
  type Principal,
} from '@signalbox/contracts';
import { CurrentPrincipal, parseOrProblem } from '@signalbox/runtime';
import { confirmedByOf } from './confirmed-by-of.js';
import { HandleDeadLetters } from './handle-dead-letters.js';
import { ReadDeadLetters } from './read-dead-letters.js';

/** What could not be read, and what is done about it. */
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly read: ReadDeadLetters,
    private readonly handle: HandleDeadLetters,
  ) {}

  @Get()
  list(@Query() query: unknown): Promise<DeadLetterList> {
    return this.read.list(parseOrProblem(DeadLetterListQuery, query, 'query'));
  }

  @Get(':id')
  one(@Param('id') id: string): Promise<DeadLetterView> {
    return this.read.one(id);
  }

  @Post('replay')
  @HttpCode(200)
  replayAll(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<DeadLettersReplayed> {
    return this.handle.replayAll(parseOrProblem(DeadLetterReplays, body).ids, confirmedByOf(principal));
  }

  @Post(':id/replay')
  @HttpCode(200)
  replay(@Param('id') id: string, @CurrentPrincipal() principal: Principal): Promise<DeadLetterView> {
    return this.handle.replay(id, confirmedByOf(principal));
  }

  @Post(':id/discard')
  @HttpCode(200)
  discard(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
  ): Promise<DeadLetterView> {
    const { because } = parseOrProblem(DeadLetterDiscard, body);
    return this.handle.discard(id, because, confirmedByOf(principal));
  }
}
