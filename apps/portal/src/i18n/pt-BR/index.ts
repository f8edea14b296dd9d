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

import type { Texts } from '../texts.js';

export const ptBR: Texts = {
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
};
