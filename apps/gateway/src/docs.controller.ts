import { Controller, Get, Header, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** What the gateway says about itself, made once at its start. */
export interface Documents {
  readonly openApi: Readonly<Record<string, unknown>>;
  readonly asyncApi: Readonly<Record<string, unknown>>;
}
export const documentsToken = Symbol('documents');

/** The files of swagger-ui that the page needs. Its own page and settings, which name a foreign server, are not served. */
const servedFiles: ReadonlySet<string> = new Set([
  'swagger-ui-bundle.js',
  'swagger-ui.css',
  'favicon-32x32.png',
]);
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

@Controller()
export class DocsController {
  constructor(@Inject(documentsToken) private readonly documents: Documents) {}

  @Get('/openapi.json')
  openApi() {
    return this.documents.openApi;
  }

  @Get('/asyncapi.json')
  asyncApi() {
    return this.documents.asyncApi;
  }

  @Get('/docs')
  @Header('Content-Type', 'text/html; charset=utf-8')
  page() {
    return page;
  }

  @Get('/docs/start.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script() {
    return script;
  }

  @Get('/docs/:file')
  file(@Param('file') file: string, @Res() response: Response): void {
    if (!servedFiles.has(file)) throw new NotFoundException();
    response.sendFile(file, { root: swaggerUi, cacheControl: false });
  }
}

/** Addressed relative to the page, so that it works where PUBLIC_URL has a path, too. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Signalbox API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css" />
    <link rel="icon" type="image/png" href="docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="docs"></div>
    <noscript>The document behind this page is <a href="openapi.json">openapi.json</a>.</noscript>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

/** A file of its own, since the page's policy allows no script inside it; the badge would ask a foreign server. */
const script = `SwaggerUIBundle({ url: 'openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });
`;
