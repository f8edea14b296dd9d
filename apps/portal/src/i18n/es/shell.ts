import type { TextsOf } from '../texts.js';

export const shell: TextsOf<'shell'> = {
  skip: 'Ir al contenido',
  menu: 'Menú',
  navigation: 'Páginas',
  configuration: 'Configuración',
  account: 'Cuenta',
  pages: {
    overview: 'Resumen',
    contactInformation: 'Información de contacto',
    events: 'Eventos',
    event: 'Un evento',
    contactHistory: 'Historial de la información de contacto',
    users: 'Usuarios',
    signIn: 'Iniciar sesión',
    invitation: 'Invitación',
    confirmAddress: 'Confirmar una dirección',
    acknowledge: 'Una emergencia',
  },
  language: 'Idioma',
  colors: { label: 'Colores', auto: 'Como el dispositivo', light: 'Claro', dark: 'Oscuro' },
  support: 'Contactar con soporte',
  help: 'Cómo obtener ayuda',
  signOut: 'Cerrar sesión',
  staff: {
    title: 'Aquí aún no hay nada para el personal de la plataforma',
    text: 'Ha iniciado sesión como {{email}}. Las páginas del portal son de los socios; todo lo que hacen los operadores está en la API.',
    api: 'Abrir la página de la API',
  },
  problem: 'Esta página no se puede mostrar',
  noAccess: {
    title: 'No tiene acceso a esta cuenta',
    text: 'La dirección lleva a una cuenta a la que {{email}} no pertenece.',
    what: 'Si debe trabajar con ella, pida a uno de sus administradores que le invite.',
    home: 'Ir a mi cuenta',
  },
  notFound: {
    title: 'Esta página no existe',
    text: 'La dirección puede estar incompleta o anticuada.',
    home: 'Ir al resumen',
  },
};
