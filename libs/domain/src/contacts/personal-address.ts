/**
 * Words that name a role or a team, in English, Portuguese and Spanish, without accents. An address that has one between
 * its dots, hyphens and underscores is nobody's own.
 */
const roleWords: ReadonlySet<string> = new Set(
  [
    'abuse admin admins alarm alarms alert alerts alias api bookings booking business care contact customer customers',
    'dev devs developer developers devops emergency engineering escalation escalations hello help helpdesk incident',
    'incidents info integration integrations it mail merchant merchants monitoring night noc notifications office on',
    'oncall operations ops orders page pager pagerduty partner partners platform postmaster privacy refunds reservation',
    'reservations sales security service services shift sre staff status support supplier suppliers sysadmin team tech',
    'technical tickets urgent webmaster',
    'ajuda alerta alertas atendimento cliente clientes comercial contato desenvolvimento emergencia equipe integracao',
    'integracoes operacao operacoes parceiros pedidos plantao reservas suporte tecnico tecnologia ti urgencia vendas',
    'atencion ayuda comerciante comerciantes contacto desarrollo equipo guardia incidencias integracion integraciones',
    'operaciones pedidos sistemas socios soporte tecnica tecnologias turno ventas',
  ].flatMap((line) => line.split(' ')),
);

/** Long enough that a name hardly ever has them inside: `techsupport`, `itsoporte`. */
const tellingWords = [...roleWords].filter((word) => word.length >= 7);

/** Mail for private people. An alias of a brand stands under the brand's own domain. */
const freeMailDomains: ReadonlySet<string> = new Set(
  [
    'gmail.com googlemail.com icloud.com me.com mac.com aol.com proton.me protonmail.com pm.me web.de mail.com zoho.com',
    'mail.ru qq.com 163.com 126.com fastmail.com t-online.de orange.fr libero.it uol.com.br bol.com.br terra.com.br',
    'ig.com.br globo.com',
  ].flatMap((line) => line.split(' ')),
);

/** Those that have a domain in every country: `yahoo.com.ar`, `hotmail.co.uk`, `gmx.net`. */
const freeMailBrands =
  /^(?:yahoo|ymail|hotmail|outlook|live|msn|gmx|yandex)\.(?:com|net|(?:com?\.)?[a-z]{2})$/;

/** One to three names after the first or its initial, joined by a separator: `ana.souza`, `a_souza2`, `ana-m-souza`. */
const names = /^[a-z]+(?:[._-][a-z]+){1,3}\d*$/;

/**
 * Whether the address looks as if it were one person's. A guess for an advice, wrong now and then in both directions: a
 * single word (`ana@`) under a domain of its own passes, since it is as often a brand's or a product's name.
 */
export function looksPersonal(email: string): boolean {
  const localPart = localPartOf(email);
  if (isRole(localPart) || isBrand(localPart, domainOf(email))) return false;
  return names.test(localPart) || isFreeMail(email);
}

export function isFreeMail(email: string): boolean {
  const domain = domainOf(email);
  return freeMailDomains.has(domain) || freeMailBrands.test(domain);
}

/** The person behind an address as far as it can be seen: plus-tags go to the same mailbox. */
export const personOf = (email: string): string => `${localPartOf(email)}@${domainOf(email)}`;

function isRole(localPart: string): boolean {
  const words = wordsOf(localPart);
  const joined = words.join('');
  return (
    words.some((word) => roleWords.has(word)) ||
    roleWords.has(joined) ||
    tellingWords.some((word) => joined.includes(word))
  );
}

/** `acme.tours@acme-tours.example` is the brand's own name. */
function isBrand(localPart: string, domain: string): boolean {
  const words = wordsOf(localPart);
  return words.length > 0 && words.every((word) => wordsOf(domain).includes(word));
}

/** What stands between separators, without the digits at its end. */
const wordsOf = (text: string): string[] =>
  text
    .split(/[._-]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');

/** Before the plus-tag, in lower case. */
const localPartOf = (email: string): string =>
  email
    .slice(0, email.lastIndexOf('@'))
    .replace(/(.)\+.*$/, '$1')
    .toLowerCase();

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();
