import type { TextsOf } from '../texts.js';

export const overview: TextsOf<'overview'> = {
  title: 'Visão geral',
  lead: 'Se conseguimos alcançar você, quem seria avisado agora e o que aconteceu por último.',
  ready: { title: 'Pronta', text: 'Tudo o que é obrigatório está lá: as pessoas certas são avisadas.' },
  notReady: {
    title: 'Incompleta',
    text_one: 'Um campo obrigatório está vazio:',
    text_other: '{{count}} campos obrigatórios estão vazios:',
    fill: 'Preencher',
  },
  advice: { title: 'O que ficaria melhor', change: 'Alterar as informações de contato' },
  who: {
    title: 'Quem é avisado quando…',
    text: 'Como seria decidido agora mesmo, com os contatos em vigor.',
    nobody: 'Ninguém',
    failed: 'Não é possível dizer agora.',
  },
  when: {
    'production-incident':
      'O monitoramento encontra um problema em produção: preços desatualizados, por exemplo.',
    emergency: 'É urgente: a sua integração foi desativada, por exemplo.',
    'migration-notice': 'Uma API muda ou deixa de existir.',
    'matching-issue': 'Parte do seu inventário não encontra correspondência.',
    'merchant-complaint': 'Um estabelecimento reclama de como você o apresenta.',
    'removal-request': 'Um estabelecimento pede para ser removido.',
    'user-escalation': 'Um usuário precisa de você: uma reserva não foi honrada, por exemplo.',
  },
  last: { title: 'O que aconteceu por último', all: 'Todos os eventos', none: 'Ainda não aconteceu nada.' },
};
