import { Controller, Get, Inject } from '@nestjs/common';
import type { HelpLinks } from '@signalbox/contracts';
import type { GatewayConfig } from './gateway-config.js';

export const helpLinksToken = Symbol('helpLinks');

/** The links of the settings; where one is not given, our own documents. */
export function helpLinksOf({
  PUBLIC_URL,
  SUPPORT_URL,
  HELP_URL,
  MAILBOX_URL,
}: Pick<GatewayConfig, 'PUBLIC_URL' | 'SUPPORT_URL' | 'HELP_URL' | 'MAILBOX_URL'>): HelpLinks {
  const documents = `${PUBLIC_URL.replace(/\/$/, '')}/docs`;
  return {
    supportUrl: SUPPORT_URL ?? documents,
    helpUrl: HELP_URL ?? documents,
    ...(MAILBOX_URL !== undefined && { mailboxUrl: MAILBOX_URL }),
  };
}

@Controller()
export class HelpController {
  constructor(@Inject(helpLinksToken) private readonly links: HelpLinks) {}

  @Get('/v1/help')
  show(): HelpLinks {
    return this.links;
  }
}
