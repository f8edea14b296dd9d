import type { TextsOf } from '../texts.js';

export const gate: TextsOf<'gate'> = {
  title: 'Antes de continuar',
  lead: 'Díganos a quién avisar cuando algo le ocurra a su integración. Lo que rellene vale para toda la cuenta, y basta una persona: si alguien lo sabe mejor, dele acceso en Usuarios.',
  contactInformation: 'Información de contacto',
  users: 'Usuarios',
};
