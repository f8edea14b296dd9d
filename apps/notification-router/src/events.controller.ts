import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  AlarmListQuery,
  EventListQuery,
  EventQuery,
  PlainEvent,
  type AlarmList,
  type EventList,
  type EventView,
  type Ledger,
  type Preview,
  type Principal,
} from '@signalbox/contracts';
import { CurrentPrincipal, parseOrProblem } from '@signalbox/runtime';
import { ExplainEvent } from './explain-event.js';
import { KeepBooks } from './keep-books.js';
import { ListAlarms } from './list-alarms.js';
import { PreviewEvent } from './preview-event.js';

/** What people and tools ask about events; the routes of contracts that the router serves. */
@Controller('v1')
export class EventsController {
  constructor(
    private readonly explain: ExplainEvent,
    private readonly previewEvent: PreviewEvent,
    private readonly listAlarms: ListAlarms,
    private readonly books: KeepBooks,
  ) {}

  @Post('preview')
  @HttpCode(200)
  preview(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<Preview> {
    return this.previewEvent.execute(parseOrProblem(PlainEvent, body), principal);
  }

  @Get('events')
  list(@Query() query: unknown, @CurrentPrincipal() principal: Principal): Promise<EventList> {
    return this.explain.list(parseOrProblem(EventListQuery, query, 'query'), principal);
  }

  @Get('events/:id')
  one(
    @Param('id') id: string,
    @Query() query: unknown,
    @CurrentPrincipal() principal: Principal,
  ): Promise<EventView> {
    return this.explain.one(id, parseOrProblem(EventQuery, query, 'query'), principal);
  }

  @Get('alarms')
  alarms(@Query() query: unknown): Promise<AlarmList> {
    return this.listAlarms.execute(parseOrProblem(AlarmListQuery, query, 'query'));
  }

  @Get('ledger')
  ledger(): Promise<Ledger> {
    return this.books.execute();
  }
}
