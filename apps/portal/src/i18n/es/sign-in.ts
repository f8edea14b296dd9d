import type { TextsOf } from '../texts.js';

export const signIn: TextsOf<'signIn'> = {
  title: 'Iniciar sesión',
  lead: 'Sin contraseña: le enviamos por correo un enlace que da acceso.',
  email: 'Su dirección de correo',
  send: 'Enviar un enlace',
  sent: {
    title: 'Mire su bandeja de entrada',
    text: 'Si {{email}} tiene acceso, un enlace está en camino. Funciona una vez, durante 15 minutos.',
    limit:
      'A una misma dirección se envían pocos enlaces en {{minutes}} minutos, los pida quien los pida. Si no llega ninguno, use uno anterior o espere ese tiempo.',
    again: 'Enviar otro enlace',
  },
  mailbox: { text: 'Los correos de esta instalación local no salen de ella:', open: 'abrir el buzón' },
  link: {
    lead: 'Un paso más, para que entre una persona y no un analizador de correo.',
    button: 'Iniciar sesión',
    another: 'Puede pedir otro enlace.',
  },
};
