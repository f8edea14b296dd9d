import type { TextsOf } from '../texts.js';

export const gate: TextsOf<'gate'> = {
  title: 'Antes de continuar',
  lead: 'Diga quem devemos avisar quando algo acontecer com a sua integração. O que você preencher vale para toda a conta, e basta uma pessoa: se alguém souber melhor, dê acesso em Usuários.',
  contactInformation: 'Informações de contato',
  users: 'Usuários',
  opened: {
    title: 'Tudo o que é obrigatório está preenchido',
    text: 'A partir do próximo evento as pessoas certas são avisadas. O que vem agora:',
    check: 'Veja se os e-mails chegam: confirme os endereços e envie um e-mail de teste',
    invite: 'Dê acesso a colegas',
    launch:
      'Nós lançamos a sua conta quando a integração estiver verificada; até lá não falta nada do seu lado.',
    close: 'Fechar',
  },
};
