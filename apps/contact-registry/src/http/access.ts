import type { Principal } from '@signalbox/contracts';
import { hasScope } from '@signalbox/runtime';

/** Who did something, for the history: a name to read, and an id that nobody else ever has. No address. */
export function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case 'api-key':
    case 'staff':
      return `${principal.name} (${principal.id})`;
    case 'portal-user':
      return `portal user ${principal.id}`;
    case 'service':
      return principal.name;
    case 'anonymous':
      return 'nobody';
  }
}

/** Whether the owner's address on our side may be shown: to operators, and to our own services. */
export const seesInternals = (principal: Principal): boolean => hasScope(principal, 'operator');
