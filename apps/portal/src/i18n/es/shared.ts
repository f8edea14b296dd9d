import type { TextsOf } from '../texts.js';

export const shared: TextsOf<'shared'> = {
  tryAgain: 'Intentar de nuevo',
  loading: 'Un momento…',
  environment: { label: 'Entorno', sandbox: 'Sandbox', production: 'Producción' },
};
