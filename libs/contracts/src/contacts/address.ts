import { z } from 'zod';

/** HTML's e-mail grammar for the local part (https://html.spec.whatwg.org/#valid-e-mail-address). */
const localPartGrammar = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
const domainLabelGrammar = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Octet limits of RFC 5321 section 4.5.3.1; 254 leaves room for the angle brackets of a 256-octet path. */
const mostOctets = { localPart: 64, domain: 253, address: 254 } as const;
/** What is longer is not looked at: domains of other scripts may grow or shrink on their way to A-labels, not so much. */
const mostCharacters = 320;

const invisible = 'control, direction and invisible characters are not taken';

/**
 * Some scripts write words with these, Persian for example, and UTS 46 (CheckJoiners) takes them in a domain where they are
 * seen and nowhere else.
 */
const joiners = /[\u200c\u200d]/gu;

/**
 * What no address may hold anywhere, with the reason. Invisible characters are refused although UTS 46 would drop some of
 * them from a domain: two addresses that look alike are to be one, and what is shown is to be what was typed.
 */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u, invisible],
  [/"/, 'quoted local parts are not taken'],
  [/[()]/, 'comments in parentheses are not taken'],
  [/@\[/, 'address literals like [192.0.2.1] are not taken, only domain names'],
  [/[<>,;:\\\s]/u, 'one plain address is expected, without names or lists'],
  [/=\?.*\?=/, 'encoded words (=?…?=) are not taken'],
];

export type ParsedAddress =
  { readonly ok: true; readonly address: string } | { readonly ok: false; readonly reason: string };

/**
 * Reads one mail address. What is accepted becomes exactly one RCPT; the answer is the normalised address:
 * domain as lower-case A-labels (UTS 46), local part as it was written, plus-tags kept.
 * @param input what somebody typed; spaces and tabs around it are cut, any other white space is refused with the rest.
 */
export function parseAddress(input: string): ParsedAddress {
  if (input.length > mostCharacters) return refused(`an address has at most ${mostOctets.address} octets`);
  const text = input.replace(/^[ \t]+|[ \t]+$/g, '');
  const at = text.lastIndexOf('@');
  const apparent = text.slice(0, at) + text.slice(at).replace(joiners, '');
  const found = refusals.find(([pattern]) => pattern.test(apparent));
  if (found !== undefined) return refused(found[1]);
  if (at < 1 || at === text.length - 1) return refused('an address looks like name@example.com');

  const localPart = text.slice(0, at);
  const local = checkLocalPart(localPart);
  if (local !== undefined) return refused(local);

  const domain = toAsciiDomain(text.slice(at + 1));
  if (domain === undefined)
    return refused(
      apparent === text ? 'the part after @ is not a domain name with a dot, like example.com' : invisible,
    );
  const address = `${localPart}@${domain}`;
  if (address.length > mostOctets.address)
    return refused(`an address has at most ${mostOctets.address} octets`);
  return { ok: true, address };
}

function checkLocalPart(localPart: string): string | undefined {
  if (/[^\u0000-\u007f]/.test(localPart)) {
    return 'letters outside ASCII before the @ are not taken, because many mail servers cannot deliver to them';
  }
  if (localPart.length > mostOctets.localPart) {
    return `the part before @ has at most ${mostOctets.localPart} octets`;
  }
  if (!localPartGrammar.test(localPart))
    return 'the part before @ holds a character that mail addresses do not allow';
  if (localPart.startsWith('.') || localPart.endsWith('.') || localPart.includes('..')) {
    return 'dots before the @ may not lead, trail or follow one another';
  }
  return undefined;
}

/**
 * A domain name in lower-case A-labels; undefined for what is none.
 * The URL parser applies UTS 46 in browsers and in Node alike, so that the portal and the server agree. It also reads
 * numbers as IPv4 addresses (`0x7f.1`), which is how they are known to be no domain name.
 */
export function toAsciiDomain(domain: string): string | undefined {
  if (!/^[^/?#@[\]%]+$/u.test(domain) || domain.endsWith('.')) return undefined;
  let ascii: string;
  try {
    ascii = new URL(`http://${domain}/`).hostname.toLowerCase();
  } catch {
    return undefined;
  }
  const labels = ascii.split('.');
  const isDottedQuad = /^\d+(\.\d+){3}$/.test(ascii);
  if (labels.length < 2 || ascii.length > mostOctets.domain || isDottedQuad) return undefined;
  return labels.every((label) => domainLabelGrammar.test(label)) ? ascii : undefined;
}

const refused = (reason: string): ParsedAddress => ({ ok: false, reason });

/**
 * What two addresses of one mailbox have in common. Mail servers may tell local parts apart by case and practically none
 * does, so nobody is to get two mails because an address was written in two ways. Mail goes to the address as written.
 */
export const mailboxOf = (address: string): string => address.toLowerCase();

/** A mail address, stored and compared in its normalised form. */
export const EmailAddress = z
  .string()
  .max(mostCharacters)
  .superRefine((text, context) => {
    const parsed = parseAddress(text);
    if (parsed.ok) return;
    const message = `is not taken: ${parsed.reason}`;
    context.addIssue({ code: 'custom', message, params: { code: 'invalid-address' } });
  })
  .overwrite((text) => {
    const parsed = parseAddress(text);
    return parsed.ok ? parsed.address : text;
  })
  .meta({ id: 'EmailAddress', description: 'One plain mail address.', example: 'page@acme-tours.example' });
