import type { TextsOf } from '../texts.js';

export const confirmAddress: TextsOf<'confirmAddress'> = {
  title: 'Confirmar um endereço',
  lead: 'Confirme que os e-mails para este endereço chegam até você.',
  button: 'Confirmar o endereço',
  incomplete: 'Este link não está completo. Copie-o inteiro do e-mail.',
  done: { title: 'Obrigado', text: 'O endereço está confirmado para {{account}}.' },
  another: 'Um novo link é enviado a partir das informações de contato da conta.',
};
