import type { TextsOf } from '../texts.js';

export const overview: TextsOf<'overview'> = {
  title: 'Resumen',
  ready: { title: 'Lista', text: 'Está todo lo obligatorio: se avisa a las personas adecuadas.' },
  notReady: {
    title: 'Incompleta',
    text_one: 'Un campo obligatorio está vacío.',
    text_other: '{{count}} campos obligatorios están vacíos.',
  },
};
