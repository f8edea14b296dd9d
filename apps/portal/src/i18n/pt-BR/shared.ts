import type { TextsOf } from '../texts.js';

export const shared: TextsOf<'shared'> = {
  tryAgain: 'Tentar de novo',
  loading: 'Um momento…',
  environment: { label: 'Ambiente', sandbox: 'Sandbox', production: 'Produção' },
};
