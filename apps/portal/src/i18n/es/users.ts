import type { TextsOf } from '../texts.js';

export const users: TextsOf<'users'> = {
  title: 'Usuarios',
  lead: 'Quién puede entrar en esta cuenta.',
  inviteTitle: 'Invitar a alguien',
  email: 'Dirección de correo',
  role: 'Rol',
  roleOf: 'Rol de {{name}}',
  invite: 'Enviar la invitación',
  invited: 'Una invitación va en camino a {{email}}.',
  adminsInvite: 'Ahora que está todo lo obligatorio, solo invitan los administradores.',
  have: 'Quién tiene acceso',
  you: 'Usted',
  alertContact: 'Contacto de alerta',
  language: 'Idioma de sus correos',
  invitedTitle: 'Invitados que aún no han entrado',
  nobodyInvited: 'Ahora mismo no hay nadie invitado.',
  until: 'El enlace vale hasta',
  expired: 'El enlace caducó',
  resend: 'Enviar otra vez',
  resendTo: 'Enviar otra vez la invitación a {{email}}',
  resent: 'Enviada. El enlace anterior ya no vale.',
  roles: { admin: 'Administrador', member: 'Miembro' },
  roleChange: {
    title: '¿Dejar de ser administrador?',
    text: 'No podrá invitar ni quitar a nadie, ni volver a ser administrador por su cuenta.',
    confirm: 'Dejar de serlo',
  },
  remove: {
    label: 'Quitar',
    name: 'Quitar a {{name}}',
    title: '¿Quitar a {{name}}?',
    text: 'Desde ahora esta persona ya no puede entrar en esta cuenta.',
    alertContactText:
      'Desde ahora esta persona ya no puede entrar en esta cuenta y, como contacto de alerta, ya no se le avisa de nada.',
    selfText: 'Desde ahora ya no podrá entrar en esta cuenta. Solo un administrador puede traerle de vuelta.',
    lastAlertContact:
      'Es el último contacto de alerta de una cuenta en producción. Elija antes otro en Información de contacto.',
  },
  revoke: {
    label: 'Retirar',
    name: 'Retirar la invitación a {{email}}',
    title: '¿Retirar la invitación a {{email}}?',
    text: 'El enlace de su correo deja de valer.',
  },
};
