import { Controller, Get, Inject, NotFoundException, Req, Res } from '@nestjs/common';
import { portalPages } from '@signalbox/contracts';
import type { Request, Response } from 'express';
import { portalPage } from './portal-page.js';
import type { Portal } from './read-portal.js';

export const portalToken = Symbol('portal');

/** As Nest writes them: `$id` is `:id`. */
const pagePaths = Object.values(portalPages).map((path) => path.replaceAll('$', ':'));

@Controller()
export class PortalController {
  constructor(@Inject(portalToken) private readonly portal: Portal) {}

  @Get(pagePaths)
  page(@Res({ passthrough: true }) response: Response): string {
    return portalPage(this.portal, response);
  }

  @Get('/assets/:file')
  asset(@Req() request: Request, @Res() response: Response): void {
    this.portal.assets(request, response, () => {
      throw new NotFoundException();
    });
  }
}
