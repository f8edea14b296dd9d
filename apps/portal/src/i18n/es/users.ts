import type { TextsOf } from '../texts.js';

export const users: TextsOf<'users'> = {
  title: 'Usuarios',
  lead: 'Quién puede entrar en esta cuenta.',
  inviteTitle: 'Invitar a alguien',
  email: 'Dirección de correo',
  role: 'Rol',
  invite: 'Enviar la invitación',
  invited: 'Una invitación está en camino a {{email}}.',
  adminsInvite: 'Ahora que está todo lo obligatorio, solo invitan los administradores.',
  have: 'Quién tiene acceso',
  invitedTitle: 'Invitados que aún no han entrado',
  nobodyInvited: 'No hay invitaciones abiertas.',
  roles: { admin: 'Administrador', member: 'Miembro' },
};
