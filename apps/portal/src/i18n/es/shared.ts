import type { TextsOf } from '../texts.js';

export const shared: TextsOf<'shared'> = {
  tryAgain: 'Intentar de nuevo',
  loading: 'Un momento…',
  cancel: 'Cancelar',
  offline: 'No tiene conexión. Nada se puede cargar ni guardar hasta que vuelva.',
  list: {
    more: 'Cargar más',
    shown_one: 'Se muestra uno; hay más.',
    shown_other: 'Se muestran {{count}}; hay más.',
    all: 'Se muestran todos, {{count}}.',
    tooMany: 'Se muestran los primeros {{count}}, y hay más. Acote la lista para encontrar los demás.',
  },
  environment: { label: 'Entorno', sandbox: 'Sandbox', production: 'Producción' },
};
