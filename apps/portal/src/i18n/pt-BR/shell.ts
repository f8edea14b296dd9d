import type { TextsOf } from '../texts.js';

export const shell: TextsOf<'shell'> = {
  skip: 'Ir para o conteúdo',
  menu: 'Menu',
  navigation: 'Páginas',
  configuration: 'Configuração',
  account: 'Conta',
  pages: {
    overview: 'Visão geral',
    contactInformation: 'Informações de contato',
    events: 'Eventos',
    event: 'Um evento',
    contactHistory: 'Histórico das informações de contato',
    users: 'Usuários',
    signIn: 'Entrar',
    invitation: 'Convite',
    confirmAddress: 'Confirmar um endereço',
    acknowledge: 'Uma emergência',
  },
  language: 'Idioma',
  colors: { label: 'Cores', auto: 'Como no dispositivo', light: 'Claro', dark: 'Escuro' },
  support: 'Falar com o suporte',
  help: 'Como obter ajuda',
  signOut: 'Sair',
  staff: {
    title: 'Ainda não há nada aqui para a equipe da plataforma',
    text: 'Você entrou como {{email}}. As páginas do portal são dos parceiros; tudo o que os operadores fazem está na API.',
    api: 'Abrir a página da API',
  },
  problem: 'Esta página não pode ser mostrada',
  noAccess: {
    title: 'Você não tem acesso a esta conta',
    text: 'O endereço leva a uma conta à qual {{email}} não pertence.',
    what: 'Se você deve trabalhar com ela, peça a um dos administradores que convide você.',
    home: 'Ir para a minha conta',
  },
  notFound: {
    title: 'Esta página não existe',
    text: 'O endereço pode estar incompleto ou desatualizado.',
    home: 'Ir para a visão geral',
  },
};
