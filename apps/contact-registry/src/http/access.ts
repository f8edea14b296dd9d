import { isIP } from 'node:net';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal } from '@signalbox/contracts';
import { hasScope, noSuchAccount, principalOf, ProblemError } from '@signalbox/runtime';
import type { Request } from 'express';
import type { Asker } from '../accounts/asker.js';

/** `add(@CurrentAsker() asker: Asker)`: who asks for a change, for its history. */
export const CurrentAsker = createParamDecorator((_: unknown, context: ExecutionContext) =>
  askerOf(context.switchToHttp().getRequest<Request>()),
);

/** @throws ProblemError where nobody signed in, or a portal user is none of the account that the path names. */
export function askerOf(request: Pick<Request, 'headers' | 'params'>): Asker {
  return {
    ...whoIs(principalOf(request), request.params.account),
    from: senderOf(request),
  };
}

/** Whether the owner's address on our side may be shown: to operators, and to our own services. */
export const seesInternals = (principal: Principal): boolean => hasScope(principal, 'operator');

/** A portal user's name stands in the account alone, so that it goes when they go. */
function whoIs(principal: Principal, account: unknown): Pick<Asker, 'by' | 'actor'> {
  switch (principal.kind) {
    case 'api-key':
    case 'staff': {
      const { kind, id, name } = principal;
      return { by: `${name} (${id})`, actor: { kind, id } };
    }
    case 'portal-user': {
      const membership = principal.memberships.find((each) => each.account === account);
      if (membership === undefined) throw noSuchAccount();
      return { by: 'portal user', actor: { kind: 'portal-user', id: membership.user } };
    }
    case 'service':
      return { by: principal.name, actor: { kind: 'service', id: principal.name } };
    case 'anonymous':
      throw new ProblemError('unauthenticated', 'Nobody is signed in.');
  }
}

/** The gateway sets the field itself, from the connection. An IPv4 address over IPv6 is written as IPv4. */
export function senderOf({ headers }: Pick<Request, 'headers'>): string | null {
  const address = String(headers['x-forwarded-for'] ?? '').replace(/^::ffff:(?=\d+\.)/, '');
  return isIP(address) === 0 ? null : address;
}
