import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { IntakeAnswer } from '@signalbox/contracts';
import type { Request } from 'express';
import { AcceptAlerts } from './accept-alerts.js';
import { bodyOf, senderOf } from './door-request.js';
import { notKnownToBeAccepted } from './not-known-to-be-accepted.js';

@Controller()
export class AlertmanagerController {
  constructor(private readonly acceptAlerts: AcceptAlerts) {}

  /** Whatever the body is, it is taken: there is no 4xx here. */
  @Post('/v1/intake/alertmanager')
  @HttpCode(202)
  async accept(@Req() request: Request): Promise<IntakeAnswer> {
    const acceptance = await this.acceptAlerts.execute(bodyOf(request), senderOf(request));
    switch (acceptance.outcome) {
      case 'accepted':
        return acceptance.answer;
      case 'not-known':
        throw notKnownToBeAccepted({}, acceptance.cause);
    }
  }
}
