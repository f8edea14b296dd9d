import { Controller, Get, HttpCode, Res, type DynamicModule } from '@nestjs/common';
import type { Response } from 'express';
import { maskAddresses } from '@signalbox/contracts';

/** Resolves when the thing is there; the rejection's message says what is wrong. */
export type HealthCheck = () => Promise<unknown>;

export interface HealthOptions {
  readonly checks: Readonly<Record<string, HealthCheck>>;
  /** True once the process has been told to stop. */
  readonly isDraining: () => boolean;
}

export interface CheckAnswer {
  readonly name: string;
  readonly ok: boolean;
  readonly why?: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly draining: boolean;
  readonly checks: readonly CheckAnswer[];
}

/** Below the usual time-out of a probe, so that the answer says which check hung. */
const checkLimitMs = 2_000;

/** All checks at once, each within two seconds. */
export async function readiness(
  { checks, isDraining }: HealthOptions,
  limitMs = checkLimitMs,
): Promise<Readiness> {
  const answers = await Promise.all(
    Object.entries(checks).map(([name, check]) => runCheck(name, check, limitMs)),
  );
  const draining = isDraining();
  return { ready: !draining && answers.every(({ ok }) => ok), draining, checks: answers };
}

/**
 * `/health/live`: the loop turns, nothing more, since a restart mends no engine. `/health/ready` and `/health`: 200 when
 * work may be sent here, else 503 with what failed and why.
 */
export function healthModule(options: HealthOptions): DynamicModule {
  @Controller('health')
  class HealthController {
    @Get('live')
    @HttpCode(200)
    live() {
      return { live: true };
    }

    @Get(['', 'ready'])
    async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
      const answer = await readiness(options);
      response.status(answer.ready ? 200 : 503);
      return answer;
    }
  }
  class HealthModule {}
  return { module: HealthModule, controllers: [HealthController] };
}

async function runCheck(name: string, check: HealthCheck, limitMs: number): Promise<CheckAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    // Inside of `then`, so that a check that throws at once fails as one that rejects.
    await Promise.race([Promise.resolve().then(check), limit]);
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, why: maskAddresses(error instanceof Error ? error.message : String(error)) };
  } finally {
    clearTimeout(timer);
  }
}
