import type { TextsOf } from '../texts.js';

export const problems: TextsOf<'problems'> = {
  other: 'Não foi possível ({{code}}).',
  noAnswer: 'O Signalbox não responde. Verifique sua conexão e tente de novo.',
  unexpected: 'Algo falhou nesta página. Recarregue-a; se continuar, fale com o suporte.',
  forbidden: 'Seu papel não permite isso. Um administrador da sua conta pode fazê-lo.',
  'not-found': 'Isso não existe, ou não é visível para você.',
  'ambiguous-event-id': 'Vários remetentes usaram este id. Abra o evento a partir da lista.',
  'too-many-requests': 'Isso foi pedido vezes demais. Espere um pouco e tente de novo.',
  'internal-error': 'Algo falhou do nosso lado. Tente de novo em instantes.',
  'service-unavailable': 'Uma parte do Signalbox não responde. Tente de novo em instantes.',
  'session-not-checkable': 'Não é possível verificar agora se você entrou. Tente de novo em instantes.',
  'last-admin': 'Uma conta mantém pelo menos um administrador: torne antes outra pessoa administradora.',
  'user-exists': 'Esta pessoa já tem acesso.',
  'revision-is-stale':
    'Outra pessoa salvou nesse meio-tempo. Carregue a versão dela e repita suas alterações.',
  'invalid-contact-information': 'Parte disto não pode ser salva. Veja o que está marcado acima.',
  'sign-in-link-unknown': 'Este link de acesso não é conhecido aqui.',
  'sign-in-link-used': 'Este link de acesso já foi usado. Cada um funciona uma vez.',
  'sign-in-link-expired': 'Este link de acesso venceu. Ele funciona por 15 minutos.',
  'invitation-unknown': 'Este convite não é conhecido aqui.',
  'invitation-accepted': 'Este convite já foi aceito.',
  'invitation-revoked': 'Este convite foi retirado.',
  'invitation-expired': 'Este convite venceu. Ele vale por 7 dias.',
  'confirmation-link-unknown': 'Este link de confirmação não é conhecido aqui.',
  'confirmation-link-used': 'Este link de confirmação já foi usado. O endereço está confirmado.',
  'confirmation-link-expired': 'Este link de confirmação venceu.',
};

export const inputErrors: TextsOf<'inputErrors'> = {
  required: 'Preencha este campo.',
  'wrong-type': 'Não é isto que se espera aqui.',
  'unknown-field': 'Este campo não é conhecido.',
  'too-short': 'É curto demais.',
  'too-long': 'É longo demais.',
  'too-many': 'São itens demais.',
  'invalid-format': 'Não está escrito como se espera.',
  'invalid-value': 'Este valor não é aceito aqui.',
  'invalid-address': 'Não é um endereço de e-mail como nome@example.com.',
  'invalid-time-zone': 'Não é um fuso horário como America/Sao_Paulo.',
  'alert-contacts-production-only': 'Os contatos de alerta são definidos apenas em produção.',
  'field-not-offered': 'Este campo não é oferecido para a sua integração.',
  'required-after-launch': 'Depois do lançamento da conta isto não pode ficar vazio.',
  'unknown-user': 'Escolha usuários desta conta.',
  'brand-alias-not-confirmed':
    'Confirme que este é o endereço de suporte da sua marca: ele é mostrado aos usuários.',
};
