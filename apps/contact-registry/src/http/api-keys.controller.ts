import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiKeyListQuery,
  NewApiKey,
  RevocationQuery,
  type ApiKeyList,
  type ApiKeyView,
  type ApiKeyWithSecret,
} from '@signalbox/contracts';
import { parseOrProblem, ProblemError } from '@signalbox/runtime';
import type { Asker } from '../accounts/asker.js';
import { ChangeKeys } from '../keys/change-keys.js';
import { apiKeyView, ReadKeys } from '../keys/read-keys.js';
import { CurrentAsker } from './access.js';

/** Keys are about all accounts at once: whose key is limited could else make itself one that is not. */
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly read: ReadKeys,
    private readonly change: ChangeKeys,
  ) {}

  @Get()
  async list(@Query() query: unknown): Promise<ApiKeyList> {
    const { limit, cursor } = parseOrProblem(ApiKeyListQuery, query, 'query');
    const page = await this.read.list(limit, cursor);
    if (page === undefined)
      throw new ProblemError('invalid-request', 'The cursor is not one that this list has given out.');
    return page;
  }

  @Post()
  @HttpCode(201)
  async make(@Body() body: unknown, @CurrentAsker() { by }: Asker): Promise<ApiKeyWithSecret> {
    const { key, secret } = await this.change.make(parseOrProblem(NewApiKey, body), by);
    return { key: apiKeyView(key), secret };
  }

  @Post(':key/rotate')
  @HttpCode(200)
  async rotate(@Param('key') id: string, @CurrentAsker() { by }: Asker): Promise<ApiKeyWithSecret> {
    const rotation = await this.change.rotate(id, by);
    switch (rotation.kind) {
      case 'done':
        return { key: apiKeyView(rotation.key), secret: rotation.secret };
      case 'no-such-key':
        throw noSuchKey();
      case 'revoked':
        throw new ProblemError('api-key-revoked', 'This key was revoked. Make a new one.');
    }
  }

  @Delete(':key')
  async revoke(
    @Param('key') id: string,
    @Query() query: unknown,
    @CurrentAsker() { by }: Asker,
  ): Promise<ApiKeyView> {
    const { secret } = parseOrProblem(RevocationQuery, query, 'query');
    const key = await this.change.revoke(id, secret, by);
    if (key === null) throw noSuchKey();
    return apiKeyView(key);
  }
}

const noSuchKey = (): ProblemError => new ProblemError('not-found', 'There is no such API key.');
