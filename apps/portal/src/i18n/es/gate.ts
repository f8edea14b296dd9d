import type { TextsOf } from '../texts.js';

export const gate: TextsOf<'gate'> = {
  title: 'Antes de continuar',
  lead: 'Díganos a quién avisar cuando algo le ocurra a su integración. Lo que rellene vale para toda la cuenta, y basta una persona: si alguien lo sabe mejor, dele acceso en Usuarios.',
  contactInformation: 'Información de contacto',
  users: 'Usuarios',
  opened: {
    title: 'Todo lo obligatorio está rellenado',
    text: 'Desde el próximo evento se avisa a las personas adecuadas. Lo que viene ahora:',
    check: 'Compruebe que el correo llega: confirme las direcciones y envíe un correo de prueba',
    invite: 'Dé acceso a colegas',
    launch:
      'Lanzamos su cuenta cuando la integración esté comprobada; hasta entonces no falta nada de su parte.',
    close: 'Cerrar',
  },
};
