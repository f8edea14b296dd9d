import { Controller, Get, Header, Inject, NotFoundException, Req, Res } from '@nestjs/common';
import { portalPages } from '@signalbox/contracts';
import type { Request, Response } from 'express';
import { randomBytes } from 'node:crypto';
import type { Portal } from './read-portal.js';

export const portalToken = Symbol('portal');

/** As Nest writes them: `$id` is `:id`. */
const pagePaths = Object.values(portalPages).map((path) => path.replaceAll('$', ':'));

/** What the portal's page may do: load what the gateway itself serves, and run no other script and no other style. */
const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

@Controller()
export class PortalController {
  constructor(@Inject(portalToken) private readonly portal: Portal) {}

  /** The same page everywhere: what it shows there, its router finds out. */
  @Get(pagePaths)
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(@Res({ passthrough: true }) response: Response): string {
    const nonce = randomBytes(16).toString('base64');
    response.setHeader('Content-Security-Policy', policyWith(nonce));
    return this.portal.page(nonce);
  }

  @Get('/assets/:file')
  asset(@Req() request: Request, @Res() response: Response): void {
    this.portal.assets(request, response, () => {
      throw new NotFoundException();
    });
  }
}
