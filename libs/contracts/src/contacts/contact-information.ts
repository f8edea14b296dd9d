import { z } from 'zod';
import { EmailAddress } from './address.js';
import { oneLine } from '../words.js';
import { SupportHours } from './support-hours.js';

/**
 * What has no width and says nothing: two names that look alike are to be one. Joiners stay where they shape what is
 * before them: emoji of several, Arabic script, and the marks of Indic ones.
 */
const withoutWidth =
  /[\u200b\u2060-\u2064\ufeff]|(?<![\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Script=Arabic}])[\u200c\u200d]/gu;

/**
 * A label is shown in mails and pages: one line of text without control or direction characters. Characters without width
 * are cut and not refused: they come along with what is pasted, and nobody could see what is wrong.
 */
export const Label = z
  .string()
  .overwrite((text) => text.replace(withoutWidth, ''))
  .trim()
  .min(1)
  .max(100)
  .regex(oneLine.pattern, oneLine.otherwise);

export const ContactAddress = z
  .strictObject({ email: EmailAddress, label: Label.optional() })
  .meta({ id: 'ContactAddress' });
export type ContactAddress = z.infer<typeof ContactAddress>;

/** As many addresses a field may have, or users. */
export const mostContacts = 20;

/** The same address twice in one field would be one delivery anyway. */
export const ContactAddresses = z
  .strictObject({ addresses: z.array(ContactAddress).max(mostContacts) })
  .meta({ id: 'ContactAddresses' });
export type ContactAddresses = z.infer<typeof ContactAddresses>;

export const AlertContacts = z
  .strictObject({ userIds: z.array(z.string().min(1).max(64)).max(mostContacts) })
  .meta({
    id: 'AlertContacts',
    description: 'Portal users of the account, never free addresses. Production only.',
  });

export const OperationalShared = z
  .strictObject({
    email: EmailAddress,
    label: Label.optional(),
    isBrandSupportAlias: z.boolean(),
  })
  .meta({ id: 'OperationalShared', description: 'The one address that may be handed to third parties.' });
export type OperationalShared = z.infer<typeof OperationalShared>;

/** What a partner fills in. A field left out is unknown; an empty list is known to be empty. */
export const ContactInformation = z
  .strictObject({
    alertContacts: AlertContacts.optional(),
    technicalEmergency: ContactAddresses.optional(),
    technicalNonEmergency: ContactAddresses.optional(),
    merchantIssues: ContactAddresses.optional(),
    operationalInternal: ContactAddresses.optional(),
    operationalShared: OperationalShared.optional(),
    operationalSupport: SupportHours.optional(),
  })
  .meta({ id: 'ContactInformation', description: 'The seven fields of an account.' });
export type ContactInformation = z.infer<typeof ContactInformation>;

/** Each member may be left out, or be null, which removes it (RFC 7396). */
const patchOf = (shape: Readonly<Record<string, z.ZodType>>) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(shape).map(([name, member]) => [
        name,
        (member instanceof z.ZodOptional ? (member.unwrap() as z.ZodType) : member).nullable().optional(),
      ]),
    ),
  );

/**
 * What a PATCH may say, for whoever reads the API. What comes of it is read as `ContactInformation`, which is what counts.
 */
export const ContactInformationPatch = patchOf({
  ...ContactInformation.shape,
  alertContacts: patchOf(AlertContacts.shape),
  operationalShared: patchOf(OperationalShared.shape),
  operationalSupport: patchOf(SupportHours.shape),
}).meta({ id: 'ContactInformationPatch', description: 'A JSON merge patch of the seven fields.' });

export type ContactField = keyof ContactInformation;
export const contactFields = Object.keys(ContactInformation.shape) as ContactField[];
