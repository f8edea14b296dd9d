import type { TextsOf } from '../texts.js';

export const invitation: TextsOf<'invitation'> = {
  title: 'Um convite para o Signalbox',
  lead: 'Alguém lhe dá acesso à conta deles. Ao aceitar, você também entra.',
  button: 'Aceitar o convite',
  incomplete: 'Este link não está completo. Copie-o inteiro do e-mail.',
  another: 'Peça a quem convidou você que envie o convite de novo. Se você já tem acesso, entre.',
  signIn: 'Entrar',
};
