import type { TextsOf } from '../texts.js';

export const confirmAddress: TextsOf<'confirmAddress'> = {
  title: 'Confirmar una dirección',
  lead: 'Confirme que el correo a esta dirección le llega.',
  button: 'Confirmar la dirección',
  incomplete: 'Este enlace no está completo. Cópielo entero del correo.',
  done: { title: 'Gracias', text: 'La dirección está confirmada para {{account}}.' },
  another: 'Un nuevo enlace se envía desde la información de contacto de la cuenta.',
};
