import { z } from 'zod';

/** What kinds of askers change accounts; `tool` is a program of ours that an operator runs. */
export const ActorKind = z
  .enum(['portal-user', 'staff', 'api-key', 'service', 'tool'])
  .meta({ id: 'ActorKind' });

/** What a change was: which call, or which part of the platform, made it. */
export const changeKinds = [
  'account',
  'contact-information',
  'users',
  'launch',
  'import',
  'erasure',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Who changed something, by an id that nobody else ever has: a portal user's within the account, a key's, a service's name. */
export const Actor = z.object({ kind: ActorKind, id: z.string() }).meta({ id: 'Actor' });
export type Actor = z.infer<typeof Actor>;

/** One field before and after a change, as whoever may read the account is shown it; null where there was nothing. */
export const FieldChange = z
  .object({
    field: z.string().meta({
      description: 'A contact field, an account fact, or `users`: then it is one user, before and after.',
      example: 'technicalEmergency',
    }),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'FieldChange' });
export type FieldChange = z.infer<typeof FieldChange>;

export const HistoryEntry = z
  .object({
    version: z.int(),
    at: z.iso.datetime(),
    by: z
      .string()
      .meta({ description: 'A name to read. A partner is shown the platform as "platform staff".' }),
    actor: Actor.extend({ id: z.string().nullable() })
      .nullable()
      .meta({ description: 'null: not recorded, or not for the reader.' }),
    from: z
      .string()
      .nullable()
      .meta({ description: 'The network address that asked, as the gateway saw it.' }),
    what: z.string().meta({ description: 'The kind of change, for example contact-information or users.' }),
    changed: z.array(z.string()).meta({ description: 'The fields that changed.' }),
    changes: z
      .array(FieldChange)
      .meta({ description: 'Field by field; empty in entries of before this was recorded.' }),
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export const HistoryList = z
  .object({ items: z.array(HistoryEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'HistoryList' });
