import { z } from 'zod';
import { AdviceCode } from '../contacts/advice.js';
import { AddressState } from '../contacts/address-state.js';
import { contactFields } from '../contacts/contact-information.js';
import { Environment, IntegrationType } from '../words.js';
import { AccountView, PageQuery } from './accounts.js';

const ContactFieldName = z.enum(contactFields);
/** As a query says it; any other word is a mistake and not a no. */
const yesOrNo = z.enum(['true', 'false']).transform((word) => word === 'true');

/** The longest search text, in characters; a name has at most 100. */
const longestSearch = 200;
const hasWord = /[\p{L}\p{N}]/u;

/**
 * Which accounts an operator asks for; whoever gives several conditions wants all of them to hold. Strict, since a
 * condition with a slip in its name would be answered with every account there is.
 */
export const AccountListQuery = z.strictObject({
  ...PageQuery.shape,
  environment: Environment.optional().meta({
    description:
      'The environment that `ready`, `missing` and `advice` are about. Left out means production, or the one that the key is limited to.',
  }),
  ready: yesOrNo.optional().meta({ description: 'Whether all that is required is there.' }),
  missing: ContactFieldName.optional().meta({ description: 'A required field that nobody is in.' }),
  advice: AdviceCode.optional().meta({
    description: 'What would serve the account better; readiness says it in words.',
  }),
  addressState: AddressState.optional().meta({ description: 'At least one address is in this state.' }),
  launched: yesOrNo.optional(),
  integrationType: IntegrationType.optional(),
  q: z.string().max(longestSearch).regex(hasWord, 'holds no letter and no digit').optional().meta({
    description: 'Each of its words begins a word of the id or the name; accents and case do not count.',
    example: 'bistro',
  }),
});
export type AccountListQuery = z.output<typeof AccountListQuery>;

/** Of each environment; of one alone for a key that is limited to it. */
const perEnvironment = <S extends z.ZodType>(known: S) =>
  z.object({ sandbox: known.optional(), production: known.optional() });

/** An account with what is known of its contacts; names of fields, states and advice alone, never an address of a contact. */
export const AccountListItem = AccountView.omit({ inForce: true })
  .extend({
    ready: perEnvironment(z.boolean()),
    missing: perEnvironment(z.array(ContactFieldName)),
    advice: perEnvironment(z.array(AdviceCode)),
    addressStates: z.array(AddressState),
  })
  .meta({ id: 'AccountListItem' });
export type AccountListItem = z.infer<typeof AccountListItem>;

export const AccountList = z
  .object({ items: z.array(AccountListItem), nextCursor: z.string().nullable() })
  .meta({ id: 'AccountList' });
