import { Controller, Get, Header, Req } from '@nestjs/common';
import type { Request } from 'express';
import { linkPageHtml, linkPages, linkPageScript, linkPageStyle } from './link-pages.js';

type PagePath = keyof typeof linkPages;

@Controller()
export class LinkPagesController {
  @Get(Object.keys(linkPages))
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(@Req() request: Request): string {
    return linkPageHtml(linkPages[request.path as PagePath]);
  }

  @Get('/pages/link.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): string {
    return linkPageScript;
  }

  @Get('/pages/link.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  style(): string {
    return linkPageStyle;
  }
}
