import type { TextsOf } from '../texts.js';

export const problems: TextsOf<'problems'> = {
  other: 'No fue posible ({{code}}).',
  noAnswer: 'Signalbox no responde. Compruebe su conexión e inténtelo de nuevo.',
  unexpected: 'Algo falló en esta página. Recárguela; si continúa, contacte con soporte.',
  forbidden: 'Su rol no lo permite. Un administrador de su cuenta puede hacerlo.',
  'not-found': 'Eso no existe, o no es visible para usted.',
  'too-many-requests': 'Se pidió demasiadas veces. Espere un poco e inténtelo de nuevo.',
  'internal-error': 'Algo falló de nuestro lado. Inténtelo de nuevo en un momento.',
  'service-unavailable': 'Una parte de Signalbox no responde. Inténtelo de nuevo en un momento.',
  'session-not-checkable': 'Ahora no se puede comprobar su sesión. Inténtelo de nuevo en un momento.',
  'sign-in-link-unknown': 'Este enlace de acceso no se conoce aquí.',
  'sign-in-link-used': 'Este enlace de acceso ya se usó. Cada uno funciona una vez.',
  'sign-in-link-expired': 'Este enlace de acceso ha caducado. Funciona durante 15 minutos.',
  'invitation-unknown': 'Esta invitación no se conoce aquí.',
  'invitation-accepted': 'Esta invitación ya se aceptó.',
  'invitation-revoked': 'Esta invitación se retiró.',
  'invitation-expired': 'Esta invitación ha caducado. Vale durante 7 días.',
  'confirmation-link-unknown': 'Este enlace de confirmación no se conoce aquí.',
  'confirmation-link-used': 'Este enlace de confirmación ya se usó. La dirección está confirmada.',
  'confirmation-link-expired': 'Este enlace de confirmación ha caducado.',
};

export const inputErrors: TextsOf<'inputErrors'> = {
  required: 'Rellene este campo.',
  'wrong-type': 'No es lo que se espera aquí.',
  'unknown-field': 'Este campo no se conoce.',
  'too-short': 'Es demasiado corto.',
  'too-long': 'Es demasiado largo.',
  'too-many': 'Son demasiados.',
  'invalid-format': 'No está escrito como se espera.',
  'invalid-value': 'Este valor no se acepta aquí.',
  'invalid-address': 'No es una dirección de correo como nombre@example.com.',
  'invalid-time-zone': 'No es una zona horaria como America/Sao_Paulo.',
  'alert-contacts-production-only': 'Los contactos de alerta se definen solo en producción.',
  'field-not-offered': 'Este campo no se ofrece para su integración.',
  'required-after-launch': 'Una vez lanzada la cuenta, esto no puede quedar vacío.',
  'unknown-user': 'Elija usuarios de esta cuenta.',
  'brand-alias-not-confirmed':
    'Confirme que es la dirección de soporte de su marca: se muestra a los usuarios.',
};
