import type { ConfirmedBy, Principal } from '@signalbox/contracts';
import { ProblemError } from '@signalbox/runtime';

/** Who of the platform asks. @throws ProblemError `forbidden` for whoever is nobody's operator. */
export function confirmedByOf(principal: Principal): ConfirmedBy {
  if (principal.kind === 'staff' || principal.kind === 'api-key') {
    const { kind, id, name } = principal;
    return { kind, id, name };
  }
  throw new ProblemError('forbidden', 'This needs the scope operator.');
}
