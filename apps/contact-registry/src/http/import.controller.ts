import { once } from 'node:events';
import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { longestImportLineBytes, ndjson, type ImportResult, type Principal } from '@signalbox/contracts';
import { CurrentPrincipal, isWithinLimits, ProblemError } from '@signalbox/runtime';
import type { Request, Response } from 'express';
import type { Asker } from '../accounts/asker.js';
import { ImportAccounts } from '../import/import-accounts.js';
import { readLines } from '../import/read-lines.js';
import { CurrentAsker } from './access.js';

/** Well below the silence after which a proxy, the gateway among them, takes a connection for dead. */
const quietMs = 4_000;

/** Takes accounts line by line and answers line by line, while the body still comes. */
@Controller('v1/accounts/import')
export class ImportController {
  constructor(private readonly accounts: ImportAccounts) {}

  @Post()
  @HttpCode(200)
  async import(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentPrincipal() principal: Principal,
    @CurrentAsker() asker: Asker,
  ): Promise<void> {
    requireNdjson(request);
    const lines = readLines(request as AsyncIterable<Buffer>, longestImportLineBytes);
    const isAllowed = (account: string) => isWithinLimits(principal, { account });
    response.status(200).set('Content-Type', ndjson).flushHeaders();
    const answer = openAnswer(response);
    try {
      for await (const result of this.accounts.execute(lines, asker, isAllowed)) await answer.write(result);
      answer.end();
    } catch {
      // The body broke off, or nobody reads the answer any more: what was begun is done, and nothing else is begun.
      response.destroy();
    } finally {
      answer.close();
    }
  }
}

function requireNdjson({ headers }: Request): void {
  const { 'content-type': type = 'none', 'content-encoding': encoding = 'identity' } = headers;
  if (type.split(';', 1)[0]?.trim().toLowerCase() === ndjson && encoding === 'identity') return;
  throw new ProblemError(
    'unsupported-media-type',
    `The Content-Type is ${type}, the Content-Encoding ${encoding}; taken here: ${ndjson}, not encoded.`,
  );
}

/** Writes as fast as the caller reads. An empty line says that we are still here when there is nothing else to say. */
function openAnswer(response: Response) {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  let isQuiet = true;
  const pulse = setInterval(() => {
    if (isQuiet && !response.writableNeedDrain) response.write('\n');
    isQuiet = true;
  }, quietMs);
  return {
    async write(result: ImportResult): Promise<void> {
      isQuiet = false;
      gone.signal.throwIfAborted();
      if (!response.write(`${JSON.stringify(result)}\n`))
        await once(response, 'drain', { signal: gone.signal });
    },
    end: () => void response.end(),
    close: () => clearInterval(pulse),
  };
}
