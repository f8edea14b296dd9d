import { z } from 'zod';
import { EmailAddress } from '../contacts/address.js';
import { PageQuery } from './accounts.js';

export const NewErasure = z
  .strictObject({ address: EmailAddress })
  .meta({ id: 'NewErasure', example: { address: 'ana.souza@acme-tours.example' } });

export const ErasureState = z.enum(['running', 'done']).meta({ id: 'ErasureState' });
export type ErasureState = z.infer<typeof ErasureState>;

/** Where copies of an address lie; each is a count in the record of an erasure. */
export const erasedStores = [
  'suppressedDeliveries',
  'accounts',
  'historyEntries',
  'signIns',
  'invitations',
  'apiKeys',
  'staff',
  'erasures',
  'accountMails',
  'addressFacts',
  'deliveries',
  'dispatches',
  'intakeExceptions',
  'mailings',
  'deadLetters',
] as const;
export type ErasedStore = (typeof erasedStores)[number];

/** The record of an erasure, which names nobody: of the address there remains its keyed hash. */
export const ErasureView = z
  .object({
    id: z.string(),
    state: ErasureState,
    addressHash: z.string(),
    askedAt: z.iso.datetime(),
    by: z.string(),
    doneAt: z.iso.datetime().nullable(),
    accounts: z.int().meta({ description: 'The accounts that had the address when it was asked for.' }),
    changed: z.record(z.enum(erasedStores), z.int()).meta({
      description: 'How much was suppressed or masked so far, by where it lay.',
    }),
    goneFromKafkaBy: z.iso.datetime().meta({
      description: 'Kafka deletes its own copies with what they lie in; by then the last is gone.',
    }),
  })
  .meta({ id: 'Erasure' });
export type ErasureView = z.infer<typeof ErasureView>;

export const ErasureList = z
  .object({ items: z.array(ErasureView), nextCursor: z.string().nullable() })
  .meta({ id: 'ErasureList' });
export type ErasureList = z.infer<typeof ErasureList>;
export const ErasureListQuery = PageQuery;

/** What the registry asks the router to do about an address in the dispatch store; see `internalPaths.eraseAddress`. */
export const DispatchErasure = z.discriminatedUnion('part', [
  z.object({ part: z.literal('suppress'), address: EmailAddress }),
  z.object({ part: z.literal('mask'), address: EmailAddress, after: z.string().max(200).nullable() }),
]);
export type DispatchErasure = z.infer<typeof DispatchErasure>;

/** What was done, and where to go on: null when this part is done. */
export const DispatchErased = z.object({
  changed: z.partialRecord(z.enum(erasedStores), z.int()),
  next: z.string().nullable(),
});
export type DispatchErased = z.infer<typeof DispatchErased>;
