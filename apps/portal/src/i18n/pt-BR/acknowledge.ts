import type { TextsOf } from '../texts.js';

export const acknowledge: TextsOf<'acknowledge'> = {
  title: 'Uma emergência',
  incomplete: 'Este link não está completo. Copie-o inteiro do e-mail.',
  lead: 'Você está cuidando disso? Diga, e ninguém mais será chamado. Só abrir esta página não muda nada.',
  name: 'Seu nome',
  nameWhy: 'O e-mail foi para várias pessoas; as outras veem quem está cuidando.',
  button: 'Estou cuidando disso',
  done: {
    title: 'Obrigado',
    text: 'Ficou registrado que você está cuidando disso. Ninguém mais é chamado; e-mails já a caminho ainda chegam.',
  },
  first: { title: 'Alguém já está cuidando disso', text: '{{by}} disse isso em {{at}}.' },
};
