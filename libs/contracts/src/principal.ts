import { z } from 'zod';
import { EventKind, Environment } from './words.js';

export const scopes = ['events:send', 'operator', 'support'] as const;
export const Scope = z.enum(scopes).meta({ id: 'Scope' });
export type Scope = z.infer<typeof Scope>;

/** What an API key may be limited to; left out means no limit. */
export const KeyLimits = z.object({
  kinds: z.array(EventKind).optional(),
  environments: z.array(Environment).optional(),
  accounts: z.array(z.string()).optional(),
});

export const ApiKeyPrincipal = z.object({
  kind: z.literal('api-key'),
  id: z.string(),
  name: z.string(),
  scopes: z.array(Scope),
  limits: KeyLimits.optional(),
});
export const ServicePrincipal = z.object({ kind: z.literal('service'), name: z.string() });

/** Who asks. The gateway finds out; services check the signed token that says it. */
export const Principal = z
  .discriminatedUnion('kind', [ApiKeyPrincipal, ServicePrincipal])
  .meta({ id: 'Principal' });
export type Principal = z.infer<typeof Principal>;
export type ApiKeyPrincipal = z.infer<typeof ApiKeyPrincipal>;

/** What the registry answers when the gateway asks about the SHA-256 of a key it was shown. */
export const KeyVerdict = z.discriminatedUnion('known', [
  z.object({ known: z.literal(true), principal: ApiKeyPrincipal }),
  z.object({ known: z.literal(false) }),
]);
export type KeyVerdict = z.infer<typeof KeyVerdict>;
