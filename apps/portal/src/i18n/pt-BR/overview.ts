import type { TextsOf } from '../texts.js';

export const overview: TextsOf<'overview'> = {
  title: 'Visão geral',
  ready: { title: 'Pronta', text: 'Tudo o que é obrigatório está lá: as pessoas certas são avisadas.' },
  notReady: {
    title: 'Incompleta',
    text_one: 'Um campo obrigatório está vazio.',
    text_other: '{{count}} campos obrigatórios estão vazios.',
  },
};
