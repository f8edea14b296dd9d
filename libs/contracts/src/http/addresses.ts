import { z } from 'zod';
import { AddressField } from '../account-mail/account-mail.js';
import { EmailAddress } from '../contacts/address.js';
import { AddressState } from '../contacts/address-state.js';
import { Label } from '../contacts/contact-information.js';
import { DeliveryState } from '../delivery/delivery.js';

const instantOrNever = z.iso.datetime().nullable();

/** One address where it stands: in a field, or as that of a portal user who is an alert contact. */
export const AddressView = z
  .object({
    field: AddressField,
    email: EmailAddress,
    label: Label.optional(),
    state: AddressState,
    confirmedAt: instantOrNever,
    lastAcceptedAt: instantOrNever,
    bouncedAt: instantOrNever,
    lastTest: z
      .object({
        at: z.iso.datetime(),
        outcome: DeliveryState,
        reply: z.string().optional().meta({ description: 'What the mail server said, addresses masked.' }),
      })
      .nullable()
      .meta({ description: 'The last test mail to this address, whichever field it was for.' }),
  })
  .meta({ id: 'Address' });
export type AddressView = z.infer<typeof AddressView>;

/** All at once: the addresses of an account stand in its document. */
export const AddressList = z
  .object({ items: z.array(AddressView), nextCursor: z.null() })
  .meta({ id: 'AddressList' });
export type AddressList = z.infer<typeof AddressList>;

export const ConfirmationRequest = z
  .strictObject({ email: EmailAddress })
  .meta({ id: 'ConfirmationRequest' });
export const ConfirmationAsked = z
  .object({ expiresAt: z.iso.datetime().meta({ description: 'Until then the link in the mail holds.' }) })
  .meta({ id: 'ConfirmationAsked' });
export type ConfirmationAsked = z.infer<typeof ConfirmationAsked>;

/** No address in it: whoever brings the token has it from a mail. */
export const AddressConfirmed = z
  .object({ accountName: z.string(), confirmedAt: z.iso.datetime() })
  .meta({ id: 'AddressConfirmed' });
export type AddressConfirmed = z.infer<typeof AddressConfirmed>;

export const TestMailsAsked = z
  .object({
    mails: z.int().meta({ description: 'How many are on their way: one to each mailbox of the field.' }),
  })
  .meta({ id: 'TestMailsAsked' });
export type TestMailsAsked = z.infer<typeof TestMailsAsked>;
