import type { TextsOf } from '../texts.js';

export const shared: TextsOf<'shared'> = {
  tryAgain: 'Tentar de novo',
  loading: 'Um momento…',
  cancel: 'Cancelar',
  offline: 'Você está sem conexão. Nada pode ser carregado nem salvo até que ela volte.',
  list: {
    more: 'Carregar mais',
    shown_one: 'Um item é mostrado; há mais.',
    shown_other: '{{count}} itens são mostrados; há mais.',
    all: 'Todos os {{count}} itens são mostrados.',
    tooMany: 'Os primeiros {{count}} itens são mostrados, e há mais. Restrinja a lista para achar os outros.',
  },
  environment: { label: 'Ambiente', sandbox: 'Sandbox', production: 'Produção' },
};
