import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { DispatchErasure, internalPaths, type DispatchErased } from '@signalbox/contracts';
import { parseOrProblem } from '@signalbox/runtime';
import { EraseAddress } from './erase-address.js';

/** What our own processes ask; never reached through the gateway. */
@Controller()
export class InternalController {
  constructor(private readonly erase: EraseAddress) {}

  @Post(internalPaths.eraseAddress)
  @HttpCode(200)
  eraseAddress(@Body() body: unknown): Promise<DispatchErased> {
    return this.erase.execute(parseOrProblem(DispatchErasure, body));
  }
}
