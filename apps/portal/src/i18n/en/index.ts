import { confirmAddress } from './confirm-address.js';
import { contactInformation } from './contact-information.js';
import { gate } from './gate.js';
import { invitation } from './invitation.js';
import { overview } from './overview.js';
import { inputErrors, problems } from './problems.js';
import { shared } from './shared.js';
import { shell } from './shell.js';
import { signIn } from './sign-in.js';
import { users } from './users.js';

/** All texts in English, page by page; the other languages have the same keys. */
export const en = {
  confirmAddress,
  contactInformation,
  gate,
  inputErrors,
  invitation,
  overview,
  problems,
  shared,
  shell,
  signIn,
  users,
} as const;
