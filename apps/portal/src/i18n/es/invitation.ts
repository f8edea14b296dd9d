import type { TextsOf } from '../texts.js';

export const invitation: TextsOf<'invitation'> = {
  title: 'Una invitación a Signalbox',
  lead: 'Alguien le da acceso a su cuenta. Al aceptar también inicia sesión.',
  button: 'Aceptar la invitación',
  incomplete: 'Este enlace no está completo. Cópielo entero del correo.',
  another: 'Pida a quien le invitó que envíe la invitación de nuevo. Si ya tiene acceso, inicie sesión.',
  signIn: 'Iniciar sesión',
};
