import {
  ContactInformation,
  inputErrors,
  type Environment,
  type InputError,
  type SessionAccount,
} from '@signalbox/contracts';
import { checkContactInformation } from '@signalbox/domain';

/** What the server would find wrong, found before it is asked: by the same schema and the same rules. */
export function checkInformation(
  information: ContactInformation,
  account: SessionAccount,
  userIds: readonly string[],
  environment: Environment,
): InputError[] {
  const parsed = ContactInformation.safeParse(information, { reportInput: true });
  if (!parsed.success) return inputErrors(parsed.error.issues);
  const { integrationType, launched } = account;
  return checkContactInformation(parsed.data, { integrationType, launched, userIds }, environment);
}
