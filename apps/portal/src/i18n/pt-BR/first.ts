import { confirmAddress } from './confirm-address.js';
import { contactInformation } from './contact-information.js';
import { gate } from './gate.js';
import { inputErrors, problems } from './problems.js';
import { invitation } from './invitation.js';
import { shared } from './shared.js';
import { shell } from './shell.js';
import { signIn } from './sign-in.js';
import { users } from './users.js';
import type { FirstTexts } from '../texts.js';

export const first: FirstTexts = {
  confirmAddress,
  contactInformation,
  gate,
  inputErrors,
  invitation,
  problems,
  shared,
  shell,
  signIn,
  users,
};
