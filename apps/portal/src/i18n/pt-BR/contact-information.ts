import type { TextsOf } from '../texts.js';

export const contactInformation: TextsOf<'contactInformation'> = {
  title: 'Informações de contato',
  lead: 'Quem avisamos, e quando. Uma alteração vale a partir do próximo evento.',
  required: 'Obrigatório',
  optional: 'Opcional',
  address: 'Endereço de e-mail',
  label: 'Rótulo (opcional)',
  addAddress: 'Adicionar um endereço',
  remove: 'Remover',
  removeAddress: 'Remover o endereço {{number}}',
  isBrandSupportAlias: 'Este é o endereço de suporte da nossa marca',
  days: 'Dias',
  opens: 'Abre',
  closes: 'Fecha',
  timeZone: 'Fuso horário',
  useTimeZone: 'Você quis dizer {{zone}}?',
  addRange: 'Adicionar horário',
  removeRange: 'Remover o horário {{number}}',
  save: 'Salvar',
  unsaved: 'As suas alterações ainda não valem.',
  closedDate: 'Fechado em {{number}}',
  addClosedDate: 'Adicionar um dia fechado',
  removeClosedDate: 'Remover o dia fechado {{number}}',
  range: 'Horário {{number}}',
  copying: {
    fills: 'Copiar para os outros dias',
    fillsWhole: 'Copiar para os outros dias: horário {{number}}',
    adds: 'Somar também aos outros dias',
    addsWhole: 'Somar também aos outros dias: horário {{number}}',
  },
  overMidnight: 'Das {{opens}}, passando da meia-noite, até as {{closes}} do dia seguinte.',
  week: {
    closed: 'Fechado',
    zone: 'Esta semana, pelo seu relógio ({{zone}}).',
    openUntil: 'Aberto agora, até {{time}}.',
    closedUntil: 'Fechado agora; abre {{time}}.',
    alwaysOpen: 'Aberto agora, e sempre.',
    neverOpen: 'Nunca aberto.',
  },
  invite: {
    button: 'Convidar alguém',
    title: 'Convidar alguém',
    text: 'Quem aceita passa a ser usuário desta conta, e então pode ser escolhido aqui.',
    close: 'Fechar',
  },
  elsewhere: {
    badge: 'Só em produção',
    text: 'Os contatos de alerta são avisados de problemas encontrados em produção, e por isso são escolhidos lá. Aqui nada é necessário.',
  },
  errors: {
    title_one: 'Uma coisa impede de salvar',
    title_other: '{{count}} coisas impedem de salvar',
    noDay: 'Marque pelo menos um dia.',
    noTime: 'Escreva uma hora como 09:00.',
    tooMany: 'Aqui cabem no máximo {{most}}.',
  },
  conflict: {
    title: 'Outra pessoa salvou enquanto isso',
    text: 'Nada se perdeu. Escolha para cada campo o que deve valer, depois salve.',
    mine: 'A sua versão',
    theirs: 'A versão salva enquanto isso',
    nothing: 'Nada',
    save: 'Salvar o que foi escolhido',
  },
  progress: '{{done}} de {{all}} campos obrigatórios',
  saved: {
    inForce: 'Salvo. Vale a partir do próximo evento.',
    soon: 'Salvo. Vale dentro de instantes.',
    byOther: 'Outra pessoa salvou exatamente isso enquanto isso. Não resta nada a salvar.',
  },
  discard: {
    button: 'Descartar as minhas alterações',
    title: 'Descartar as suas alterações?',
    text: 'O que você alterou aqui e não salvou se perde. O que está salvo fica.',
    confirm: 'Descartar',
  },
  noUser: {
    text: '{{who}} não é mais usuário desta conta e não é avisado de nada.',
    somebody: 'Alguém que foi escolhido aqui',
    takeOut: 'Tirar',
    takeOutWho: 'Tirar {{who}}',
  },
  fields: {
    alertContacts: {
      title: 'Contatos de alerta',
      explanation:
        'Usuários do portal que resolvem problemas técnicos não urgentes em produção. Recebem os e-mails automáticos sobre problemas encontrados lá, por exemplo um feed que não pode ser lido.',
    },
    technicalEmergency: {
      title: 'Emergência técnica',
      explanation:
        'Avisada na hora em emergências, por exemplo quando a integração é desativada. O melhor é um endereço que chama quem está de plantão.',
    },
    technicalNonEmergency: {
      title: 'Técnico, sem emergência',
      explanation:
        'Suporte contínuo que exige conhecimento técnico, por exemplo migrações de API e problemas de correspondência.',
    },
    merchantIssues: {
      title: 'Questões de estabelecimentos',
      explanation:
        'Avisado quando um estabelecimento reclama ou pede para ser removido, por exemplo porque não trabalha com você.',
    },
    operationalInternal: {
      title: 'Operacional, para a plataforma',
      explanation:
        'Só para nós: casos de usuários que precisam de você, por exemplo uma reserva que não foi honrada.',
    },
    operationalShared: {
      title: 'Operacional, para mostrar aos usuários',
      explanation:
        'O endereço de suporte da sua marca. Nós o damos aos usuários para reembolsos, cancelamentos e alterações.',
    },
    operationalSupport: {
      title: 'Horário de atendimento',
      explanation:
        'Quando o endereço mostrado aos usuários é atendido. Um horário que fecha antes de abrir passa da meia-noite.',
    },
  },
  advice: {
    'use-page-alias':
      'Parece o endereço de uma só pessoa. Um endereço de equipe chega a quem está de plantão.',
    'use-support-alias': 'Não parece o endereço de suporte da sua marca, e os usuários vão recebê-lo.',
    'one-person-everywhere':
      'Uma só pessoa está por trás de todos os campos. Quando ela se ausenta, ninguém é avisado.',
    'internal-address-is-shared':
      'Este endereço também é mostrado aos usuários: o que é para este campo chega entre os e-mails deles.',
    'same-address-twice':
      'Um endereço daqui está também em outro campo. Se um não é alcançado, o outro também não.',
    'repeated-address': 'Um endereço está aqui mais de uma vez. Ele recebe um só e-mail.',
    'address-bouncing': 'E-mails para um endereço daqui voltam.',
    'address-stale': 'Há muito tempo ninguém confirma um endereço daqui.',
    'never-tested': 'Nunca foi enviado um e-mail a um endereço daqui. Envie um e-mail de teste.',
  },
};
