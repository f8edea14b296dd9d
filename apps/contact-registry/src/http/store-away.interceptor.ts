import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { ProblemError } from '@signalbox/runtime';
import { catchError, throwError, type Observable } from 'rxjs';

/** A database that does not answer is a 503 that tells to ask again, and not a 500 that tells of a mistake of ours. */
export class StoreAwayInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next
      .handle()
      .pipe(
        catchError((error: unknown) => throwError(() => (isStoreAway(error) ? storeAway(error) : error))),
      );
  }
}

/** By name, since the driver's classes are not exported by mongoose alone; a write may or may not have been done. */
const isStoreAway = (error: unknown): boolean =>
  error instanceof Error &&
  /^Mongo(?:ose)?(?:Network|ServerSelection|NotConnected|PoolCleared|WaitQueueTimeout|Topology)/.test(
    error.name,
  );

const storeAway = (cause: unknown): ProblemError =>
  new ProblemError('service-unavailable', 'The store of contacts does not answer right now. Ask again.', {
    cause,
  });
