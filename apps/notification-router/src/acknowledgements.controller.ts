import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  LinkSecret,
  NewAcknowledgement,
  type Acknowledged,
  type AcknowledgementPage,
} from '@signalbox/contracts';
import { parseOrProblem } from '@signalbox/runtime';
import { AcknowledgeEmergency } from './acknowledge-emergency.js';

/** What the link in the mail of an emergency leads to; whoever has the link may. */
@Controller('v1/acknowledgements')
export class AcknowledgementsController {
  constructor(private readonly acknowledge: AcknowledgeEmergency) {}

  @Post('page')
  @HttpCode(200)
  page(@Body() body: unknown): Promise<AcknowledgementPage> {
    return this.acknowledge.page(parseOrProblem(LinkSecret, body).token);
  }

  @Post()
  @HttpCode(200)
  say(@Body() body: unknown): Promise<Acknowledged> {
    const { token, name } = parseOrProblem(NewAcknowledgement, body);
    return this.acknowledge.execute(token, name);
  }
}
