import type { TextsOf } from '../texts.js';

export const signIn: TextsOf<'signIn'> = {
  title: 'Entrar',
  lead: 'Sem senha: enviamos por e-mail um link que dá acesso.',
  email: 'Seu endereço de e-mail',
  send: 'Enviar um link',
  sent: {
    title: 'Veja sua caixa de entrada',
    text: 'Se {{email}} tem acesso, um link está a caminho. Ele funciona uma vez, por 15 minutos.',
    limit:
      'Para um mesmo endereço são enviados poucos links em {{minutes}} minutos, peça quem pedir. Se nenhum chegar, use um anterior ou espere esse tempo.',
    again: 'Enviar outro link',
  },
  mailbox: { text: 'Os e-mails desta instalação local não saem dela:', open: 'abrir a caixa de correio' },
  link: {
    lead: 'Só mais um passo, para que entre uma pessoa e não um verificador de e-mails.',
    button: 'Entrar',
    another: 'Você pode pedir outro link.',
  },
};
