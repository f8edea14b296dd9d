import type { TextsOf } from '../texts.js';

export const users: TextsOf<'users'> = {
  title: 'Usuários',
  lead: 'Quem pode entrar nesta conta.',
  inviteTitle: 'Convidar alguém',
  email: 'Endereço de e-mail',
  role: 'Papel',
  roleOf: 'Papel de {{name}}',
  invite: 'Enviar o convite',
  invited: 'Um convite está a caminho de {{email}}.',
  adminsInvite: 'Agora que tudo o que é obrigatório está lá, só administradores convidam.',
  have: 'Quem tem acesso',
  you: 'Você',
  alertContact: 'Contato de alerta',
  language: 'Idioma dos seus e-mails',
  invitedTitle: 'Convidados que ainda não entraram',
  nobodyInvited: 'Não há convites em aberto.',
  until: 'O link vale até',
  expired: 'O link venceu',
  resend: 'Enviar de novo',
  resendTo: 'Enviar de novo o convite para {{email}}',
  resent: 'Enviado. O link anterior não vale mais.',
  roles: { admin: 'Administrador', member: 'Membro' },
  roleChange: {
    title: 'Deixar de ser administrador?',
    text: 'Você não poderá convidar nem remover ninguém, nem voltar a ser administrador por conta própria.',
    confirm: 'Deixar de ser',
  },
  remove: {
    label: 'Remover',
    name: 'Remover {{name}}',
    title: 'Remover {{name}}?',
    text: 'A partir de agora, essa pessoa não pode mais entrar nesta conta.',
    alertContactText:
      'A partir de agora, essa pessoa não pode mais entrar nesta conta e, como contato de alerta, não é mais avisada de nada.',
    selfText:
      'A partir de agora, você não pode mais entrar nesta conta. Só um administrador pode trazer você de volta.',
    lastAlertContact:
      'É o último contato de alerta de uma conta em produção. Escolha antes outro em Informações de contato.',
  },
  revoke: {
    label: 'Retirar',
    name: 'Retirar o convite para {{email}}',
    title: 'Retirar o convite para {{email}}?',
    text: 'O link no e-mail deixa de valer.',
  },
};
