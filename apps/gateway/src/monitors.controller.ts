import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { IntakeAnswer } from '@signalbox/contracts';
import type { Request } from 'express';
import { AcceptAlerts } from './accept-alerts.js';
import { bodyOf, senderOf } from './door-request.js';
import { notKnownToBeAccepted } from './not-known-to-be-accepted.js';
import type { Monitor } from './read-posted.js';

/** The doors for monitors. Whatever the body is, it is taken: there is no 4xx here. */
@Controller('v1/intake')
export class MonitorsController {
  constructor(private readonly acceptAlerts: AcceptAlerts) {}

  @Post('alertmanager')
  @HttpCode(202)
  fromAlertmanager(@Req() request: Request): Promise<IntakeAnswer> {
    return this.accept(request, 'alertmanager');
  }

  /** Prometheus adds /api/v2/alerts to its path_prefix. */
  @Post('prometheus/api/v2/alerts')
  @HttpCode(202)
  fromPrometheus(@Req() request: Request): Promise<IntakeAnswer> {
    return this.accept(request, 'prometheus');
  }

  private async accept(request: Request, monitor: Monitor): Promise<IntakeAnswer> {
    const acceptance = await this.acceptAlerts.execute(bodyOf(request), senderOf(request), monitor);
    switch (acceptance.outcome) {
      case 'accepted':
        return acceptance.answer;
      case 'not-known':
        throw notKnownToBeAccepted({}, acceptance.cause);
    }
  }
}
