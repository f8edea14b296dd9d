import type { TextsOf } from '../texts.js';

export const contactInformation: TextsOf<'contactInformation'> = {
  title: 'Información de contacto',
  lead: 'A quién avisamos, y cuándo. Un cambio vale desde el próximo evento.',
  required: 'Obligatorio',
  optional: 'Opcional',
  address: 'Dirección de correo',
  label: 'Etiqueta (opcional)',
  addAddress: 'Añadir una dirección',
  remove: 'Quitar',
  removeAddress: 'Quitar la dirección {{number}}',
  isBrandSupportAlias: 'Es la dirección de soporte de nuestra marca',
  days: 'Días',
  opens: 'Abre',
  closes: 'Cierra',
  timeZone: 'Zona horaria',
  useTimeZone: '¿Quiso decir {{zone}}?',
  addRange: 'Añadir horario',
  removeRange: 'Quitar el horario {{number}}',
  save: 'Guardar',
  unsaved: 'Sus cambios aún no valen.',
  closedDate: 'Cerrado el {{number}}',
  addClosedDate: 'Añadir un día cerrado',
  removeClosedDate: 'Quitar el día cerrado {{number}}',
  range: 'Horario {{number}}',
  copying: {
    fills: 'Copiar a los demás días',
    fillsWhole: 'Copiar a los demás días: horario {{number}}',
    adds: 'Sumar también a los demás días',
    addsWhole: 'Sumar también a los demás días: horario {{number}}',
  },
  overMidnight: 'De las {{opens}}, pasando la medianoche, hasta las {{closes}} del día siguiente.',
  week: {
    closed: 'Cerrado',
    zone: 'Esta semana, según su reloj ({{zone}}).',
    openUntil: 'Abierto ahora, hasta {{time}}.',
    closedUntil: 'Cerrado ahora; abre {{time}}.',
    alwaysOpen: 'Abierto ahora, y siempre.',
    neverOpen: 'Nunca abierto.',
  },
  invite: {
    button: 'Invitar a alguien',
    title: 'Invitar a alguien',
    text: 'Quien acepta pasa a ser usuario de esta cuenta, y entonces se le puede elegir aquí.',
    close: 'Cerrar',
  },
  elsewhere: {
    badge: 'Solo en producción',
    text: 'A los contactos de alerta se les avisa de problemas encontrados en producción, así que se eligen allí. Aquí no hace falta nada.',
  },
  errors: {
    title_one: 'Una cosa impide guardar',
    title_other: '{{count}} cosas impiden guardar',
    noDay: 'Marque al menos un día.',
    noTime: 'Escriba una hora como 09:00.',
    tooMany: 'Aquí caben {{most}} como máximo.',
  },
  conflict: {
    title: 'Otra persona ha guardado mientras tanto',
    text: 'No se ha perdido nada. Elija para cada campo lo que debe valer, y guarde.',
    mine: 'Su versión',
    theirs: 'La versión guardada mientras tanto',
    nothing: 'Nada',
    save: 'Guardar lo elegido',
  },
  progress: '{{done}} de {{all}} campos obligatorios',
  saved: {
    inForce: 'Guardado. Vale desde el próximo evento.',
    soon: 'Guardado. Vale en unos instantes.',
    byOther: 'Otra persona ha guardado justo eso mientras tanto. No queda nada por guardar.',
  },
  discard: {
    button: 'Descartar mis cambios',
    title: '¿Descartar sus cambios?',
    text: 'Lo que ha cambiado aquí y no ha guardado se pierde. Lo guardado se queda.',
    confirm: 'Descartar',
  },
  noUser: {
    text: '{{who}} ya no es usuario de esta cuenta y no se le avisa de nada.',
    somebody: 'Alguien que se eligió aquí',
    takeOut: 'Sacar',
    takeOutWho: 'Sacar a {{who}}',
  },
  fields: {
    alertContacts: {
      title: 'Contactos de alerta',
      explanation:
        'Usuarios del portal que resuelven problemas técnicos no urgentes en producción. Reciben los correos automáticos sobre problemas encontrados allí, por ejemplo un feed que no se puede leer.',
    },
    technicalEmergency: {
      title: 'Emergencia técnica',
      explanation:
        'Se le avisa al momento en emergencias, por ejemplo cuando se desactiva la integración. Lo mejor es una dirección que llama a quien está de guardia.',
    },
    technicalNonEmergency: {
      title: 'Técnico, sin emergencia',
      explanation:
        'Soporte continuo que requiere conocimientos técnicos, por ejemplo migraciones de API y problemas de correspondencia.',
    },
    merchantIssues: {
      title: 'Asuntos de comerciantes',
      explanation:
        'Se le avisa cuando un comerciante se queja o pide ser eliminado, por ejemplo porque no trabaja con usted.',
    },
    operationalInternal: {
      title: 'Operativo, para la plataforma',
      explanation:
        'Solo para nosotros: casos de usuarios que le necesitan, por ejemplo una reserva que no se respetó.',
    },
    operationalShared: {
      title: 'Operativo, para mostrar a los usuarios',
      explanation:
        'La dirección de soporte de su marca. La damos a los usuarios para reembolsos, cancelaciones y cambios.',
    },
    operationalSupport: {
      title: 'Horario de atención',
      explanation:
        'Cuándo se atiende la dirección mostrada a los usuarios. Un horario que cierra antes de abrir pasa de la medianoche.',
    },
  },
  advice: {
    'use-page-alias':
      'Parece la dirección de una sola persona. Una dirección de equipo llega a quien está de guardia.',
    'use-support-alias': 'No parece la dirección de soporte de su marca, y los usuarios la recibirán.',
    'one-person-everywhere':
      'Una sola persona está detrás de todos los campos. Cuando falta, no se avisa a nadie.',
    'internal-address-is-shared':
      'Esta dirección también se muestra a los usuarios: lo que es para este campo llega entre sus correos.',
    'same-address-twice':
      'Una dirección de aquí está también en otro campo. Si una no se alcanza, la otra tampoco.',
    'repeated-address': 'Una dirección está aquí más de una vez. Recibe un solo correo.',
    'address-bouncing': 'El correo a una dirección de aquí vuelve.',
    'address-stale': 'Hace mucho que nadie confirma una dirección de aquí.',
    'never-tested': 'Nunca se envió un correo a una dirección de aquí. Envíe un correo de prueba.',
  },
};
