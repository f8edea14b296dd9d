import type { TextsOf } from '../texts.js';

export const gate: TextsOf<'gate'> = {
  title: 'Antes de continuar',
  lead: 'Diga quem devemos avisar quando algo acontecer com a sua integração. O que você preencher vale para toda a conta, e basta uma pessoa: se alguém souber melhor, dê acesso em Usuários.',
  contactInformation: 'Informações de contato',
  users: 'Usuários',
};
