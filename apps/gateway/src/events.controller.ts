import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { EventsAccepted, InputError } from '@signalbox/contracts';
import { ProblemError } from '@signalbox/runtime';
import type { Request } from 'express';
import { type Acceptance, AcceptEvents } from './accept-events.js';
import { bodyOf, senderOf } from './door-request.js';
import { notKnownToBeAccepted } from './not-known-to-be-accepted.js';
import { readEvents } from './read-events.js';

@Controller()
export class EventsController {
  constructor(private readonly acceptEvents: AcceptEvents) {}

  @Post('/v1/events')
  @HttpCode(202)
  async accept(@Req() request: Request): Promise<EventsAccepted> {
    // Node joins a field that came twice into one text; told apart, it can be refused.
    const keys = request.headersDistinct['idempotency-key'];
    const raw = readEvents({ ...request.headers, 'idempotency-key': keys }, bodyOf(request));
    return answerOf(await this.acceptEvents.execute(raw, senderOf(request)));
  }
}

/** @throws ProblemError for everything but acceptance. */
function answerOf(acceptance: Acceptance): EventsAccepted {
  switch (acceptance.outcome) {
    case 'accepted':
      return { accepted: [...acceptance.accepted] };
    case 'invalid':
      throw new ProblemError('invalid-event', wordsOf(acceptance.errors), { errors: acceptance.errors });
    case 'forbidden':
      throw new ProblemError('forbidden', wordsOf(acceptance.errors), { errors: acceptance.errors });
    case 'too-large':
      throw new ProblemError('body-too-large', wordsOf(acceptance.errors), { errors: acceptance.errors });
    case 'partly-refused': {
      const { errors, accepted, refused, cause } = acceptance;
      throw new ProblemError('body-too-large', 'Kafka does not take an event of this size.', {
        errors,
        extra: { accepted, refused },
        cause,
      });
    }
    case 'not-known': {
      const { accepted, refused, notKnown, cause } = acceptance;
      throw notKnownToBeAccepted({ accepted, refused, events: notKnown }, cause);
    }
  }
}

/** Enough for a person to see what is wrong; `errors` has all of it. */
const mostTold = 5;

function wordsOf(errors: readonly InputError[]): string {
  const told = errors.slice(0, mostTold).map(({ detail }) => detail);
  const more = errors.length - told.length;
  return more > 0 ? `${told.join(' ')} And ${more} more.` : told.join(' ');
}
