import type { TextsOf } from '../texts.js';

export const users: TextsOf<'users'> = {
  title: 'Usuários',
  lead: 'Quem pode entrar nesta conta.',
  inviteTitle: 'Convidar alguém',
  email: 'Endereço de e-mail',
  role: 'Papel',
  invite: 'Enviar o convite',
  invited: 'Um convite está a caminho de {{email}}.',
  adminsInvite: 'Agora que tudo o que é obrigatório está lá, só administradores convidam.',
  have: 'Quem tem acesso',
  invitedTitle: 'Convidados que ainda não entraram',
  nobodyInvited: 'Não há convites em aberto.',
  roles: { admin: 'Administrador', member: 'Membro' },
};
