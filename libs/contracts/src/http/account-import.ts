import { z } from 'zod';
import { NewAccount, NewPortalUser } from '../contacts/account.js';
import { EmailAddress } from '../contacts/address.js';
import { AlertContacts, ContactInformation } from '../contacts/contact-information.js';
import { InputErrorCode, ProblemCode } from '../problem.js';
import { AccountId } from '../words.js';

/** One JSON value a line (https://github.com/ndjson/ndjson-spec). */
export const ndjson = 'application/x-ndjson';
/** The most bytes of one line of an import; a longer one is refused, and the others are not. */
export const longestImportLineBytes = 256 * 1024;

/** The ids of users who are being made are not known yet, so alert contacts may also be named by their addresses. */
const ImportedAlertContacts = z.strictObject({
  userIds: AlertContacts.shape.userIds.default([]),
  emails: z.array(EmailAddress).max(20).default([]),
});

/** One account as it is to be. What is left out stays as it is; users who are not named, or are there already, stay too. */
export const ImportLine = z
  .strictObject({
    account: NewAccount,
    users: z
      .array(NewPortalUser)
      .max(200)
      .default([])
      .meta({ description: 'Users to be added. Who is one already stays as they are, their role too.' }),
    contacts: ContactInformation.extend({ alertContacts: ImportedAlertContacts.optional() })
      .optional()
      .meta({ description: 'All of the contact information, as PUT takes it in production.' }),
    launch: z.boolean().default(false).meta({ description: 'true: launch it, when it is not launched.' }),
  })
  .meta({ id: 'ImportLine' });
export type ImportLine = z.output<typeof ImportLine>;

/** `failed`: a fault of ours, and the last line of the answer. What the file held from there on is to be sent again. */
export const importOutcomes = ['made', 'changed', 'unchanged', 'refused', 'failed'] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

/** What became of one line; in the order of the lines. */
export const ImportResult = z
  .object({
    line: z.int().min(1),
    account: AccountId.nullable(),
    outcome: z.enum(importOutcomes),
    version: z.int().optional(),
    inForce: z.boolean().optional(),
    errors: z
      .array(
        z.object({ pointer: z.string(), code: z.union([InputErrorCode, ProblemCode]), detail: z.string() }),
      )
      .optional(),
  })
  .meta({ id: 'ImportResult' });
export type ImportResult = z.infer<typeof ImportResult>;
export type ImportError = NonNullable<ImportResult['errors']>[number];
