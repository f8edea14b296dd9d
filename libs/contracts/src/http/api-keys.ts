import { z } from 'zod';
import { EventAccount } from '../events/signalbox-event.js';
import { Label } from '../contacts/contact-information.js';
import { KeyLimits, Scope } from '../principal.js';
import { Environment, EventKind, environments, eventKinds } from '../words.js';
import { PageQuery } from './accounts.js';

/** A limit that is there and empty would be a key for nothing, which is more likely a mistake than a wish. */
const NewKeyLimits = z
  .strictObject({
    kinds: z.array(EventKind).min(1).max(eventKinds.length).optional(),
    environments: z.array(Environment).min(1).max(environments.length).optional(),
    accounts: z.array(EventAccount).min(1).max(1_000).optional(),
  })
  .meta({ id: 'NewKeyLimits', description: 'What the key is limited to; what is left out is no limit.' });

export const NewApiKey = z
  .strictObject({
    name: Label.meta({ description: 'Who uses it, for people.', example: 'prometheus' }),
    scopes: z.array(Scope).min(1).max(Scope.options.length),
    limits: NewKeyLimits.optional(),
  })
  .meta({
    id: 'NewApiKey',
    example: { name: 'prometheus', scopes: ['events:send'], limits: { environments: ['production'] } },
  });
export type NewApiKey = z.infer<typeof NewApiKey>;

/** What can happen to a key, for its history. */
export const ApiKeyChange = z.enum(['made', 'rotated', 'previous-secret-revoked', 'revoked']);
export type ApiKeyChange = z.infer<typeof ApiKeyChange>;

/** A key without its secrets: of those, only when they were made and last used. */
export const ApiKeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(Scope),
    limits: KeyLimits.nullable(),
    createdAt: z.iso.datetime(),
    revokedAt: z.iso.datetime().nullable(),
    secrets: z
      .array(
        z.object({
          createdAt: z.iso.datetime(),
          lastUsedAt: z.iso
            .datetime()
            .nullable()
            .meta({ description: 'To about a minute; null: not used yet.' }),
        }),
      )
      .meta({ description: 'The newest first; the second is the one before it, while it is valid too.' }),
    history: z.array(z.object({ at: z.iso.datetime(), by: z.string(), what: ApiKeyChange })),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyView = z.infer<typeof ApiKeyView>;

/** The only answer that ever holds the secret. */
export const ApiKeyWithSecret = z
  .object({
    key: ApiKeyView,
    secret: z.string().meta({ description: 'Shown here and never again: what is stored is its hash.' }),
  })
  .meta({ id: 'ApiKeyWithSecret' });
export type ApiKeyWithSecret = z.infer<typeof ApiKeyWithSecret>;

export const ApiKeyList = z
  .object({ items: z.array(ApiKeyView), nextCursor: z.string().nullable() })
  .meta({ id: 'ApiKeyList' });
export type ApiKeyList = z.infer<typeof ApiKeyList>;

export const ApiKeyListQuery = PageQuery.extend({ cursor: z.uuid().optional() });

export const RevocationQuery = z.object({
  secret: z.enum(['all', 'previous']).default('all').meta({
    description: 'previous: only the secret that was valid before the last rotation ends.',
  }),
});
export type RevocationQuery = z.infer<typeof RevocationQuery>;
