import type { TextsOf } from '../texts.js';

export const overview: TextsOf<'overview'> = {
  title: 'Resumen',
  lead: 'Si se le puede alcanzar, a quién se avisaría ahora y qué pasó por último.',
  ready: { title: 'Lista', text: 'Está todo lo obligatorio: se avisa a las personas adecuadas.' },
  notReady: {
    title: 'Incompleta',
    text_one: 'Un campo obligatorio está vacío:',
    text_other: '{{count}} campos obligatorios están vacíos:',
    fill: 'Rellenarlos',
  },
  advice: { title: 'Qué sería mejor', change: 'Cambiar la información de contacto' },
  who: {
    title: 'A quién se avisa cuando…',
    text: 'Como se decidiría ahora mismo, con los contactos vigentes.',
    nobody: 'A nadie',
    failed: 'Ahora no se puede decir.',
  },
  when: {
    'production-incident':
      'La supervisión encuentra un problema en producción: precios desactualizados, por ejemplo.',
    emergency: 'Es urgente: su integración se desactivó, por ejemplo.',
    'migration-notice': 'Una API cambia o desaparece.',
    'matching-issue': 'Parte de su inventario no encuentra correspondencia.',
    'merchant-complaint': 'Un comerciante se queja de cómo lo presenta.',
    'removal-request': 'Un comerciante pide ser eliminado.',
    'user-escalation': 'Un usuario le necesita: una reserva no se respetó, por ejemplo.',
  },
  last: { title: 'Qué pasó por último', all: 'Todos los eventos', none: 'Todavía no ha pasado nada.' },
};
