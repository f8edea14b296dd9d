import { confirmAddress } from './confirm-address.js';
import { invitation } from './invitation.js';
import { overview } from './overview.js';
import { inputErrors, problems } from './problems.js';
import { shared } from './shared.js';
import { shell } from './shell.js';
import { signIn } from './sign-in.js';

import type { Texts } from '../texts.js';

export const ptBR: Texts = {
  confirmAddress,
  inputErrors,
  invitation,
  overview,
  problems,
  shared,
  shell,
  signIn,
};
