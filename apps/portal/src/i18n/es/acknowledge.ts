import type { TextsOf } from '../texts.js';

export const acknowledge: TextsOf<'acknowledge'> = {
  title: 'Una emergencia',
  incomplete: 'Este enlace no está completo. Cópielo entero del correo.',
  lead: '¿Se ocupa usted? Dígalo y no se avisará a otros. Solo abrir esta página no cambia nada.',
  name: 'Su nombre',
  nameWhy: 'El correo llegó a varias personas; las demás ven quién se ocupa.',
  button: 'Me ocupo',
  done: {
    title: 'Gracias',
    text: 'Queda registrado que usted se ocupa. No se avisa a otros; los correos que ya salieron aún llegan.',
  },
  first: { title: 'Alguien ya se ocupa', text: '{{by}} lo dijo el {{at}}.' },
};
