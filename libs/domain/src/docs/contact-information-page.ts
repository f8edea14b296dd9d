import {
  adviceCodes,
  contactFields,
  integrationTypes,
  type AdviceCode,
  type ContactField,
} from '@signalbox/contracts';
import { contactErrors } from '../contacts/check-contact-information.js';
import { contactPolicy, ruleOf } from '../contacts/contact-policy.js';
import { code, markdownTable } from './markdown.js';

/** When each advice is given. */
const adviceMeanings = {
  'use-page-alias': "An emergency address looks like one person's.",
  'use-support-alias': "The shared address looks like one person's, or is at a free mail domain.",
  'one-person-everywhere': 'One person stands behind every internal field that is filled in.',
  'internal-address-is-shared': 'An internal address is the shared one too.',
  'same-address-twice': 'One address stands in two internal fields.',
  'repeated-address': 'One address stands more than once in one field; it gets one mail.',
  'address-bouncing': 'Mail to an address comes back.',
  'address-stale': 'Nobody has confirmed an address for a long time, and no mail was accepted there.',
  'never-tested': 'No mail was ever sent to an address; a test mail would tell.',
} as const satisfies Record<AdviceCode, string>;

const holdsWords = { users: 'portal users of the account', addresses: 'addresses', hours: 'hours' } as const;

/** The page docs/contact-information.md, made of the tables that decide. `npm run docs` writes it. */
export const contactInformationPage = (): string =>
  [
    '# Contact information',
    'What a partner fills in, and what is checked. This page is made of the tables in `libs/domain`; `npm run docs` writes it anew.',
    '## The fields',
    markdownTable(['field', 'title', 'what it is for'], contactFields.map(purposeRow)),
    markdownTable(
      ['field', 'holds', 'environments', 'shown to', 'alias advised'],
      contactFields.map(ruleRow),
    ),
    'Internal fields are never shown to a third party, in no answer and no mail. A field that exists in one environment alone is refused in the other (`alert-contacts-production-only`); all else is the same in both. A field holds at most 20 users or addresses.',
    '## Integration types',
    markdownTable(
      ['field', ...integrationTypes],
      contactFields.map((field) => [
        code(field),
        ...integrationTypes.map((type) => contactPolicy[type][field]),
      ]),
    ),
    'Before launch a save may be partial. Launch needs all that is required in production. After it, a save that would leave a required field empty is refused.',
    'Which field answers for which event, and who is told when nobody there is reached, says [routing](routing.md).',
    '## What is refused',
    'Everything that is wrong is answered at once, each with a JSON pointer, a code and a sentence.',
    markdownTable(
      ['code', 'when'],
      Object.entries(contactErrors).map(([name, when]) => [code(name), when]),
    ),
    'Addresses follow the grammar of `libs/contracts/src/contacts/address.ts`: one plain address, a domain name with a dot, no quotes, comments, literals or invisible characters (`invalid-address`, with the reason). Domains of other scripts are kept as A-labels. A time zone is a name of the IANA list (`invalid-time-zone`, with the one that may have been meant).',
    '## What is advised',
    'Readiness lists advice beside what is missing, and operators list accounts by it (`GET /v1/accounts?advice=never-tested`). It never blocks a save.',
    markdownTable(
      ['code', 'when'],
      adviceCodes.map((name) => [code(name), adviceMeanings[name]]),
    ),
    '## Support hours',
    [
      '- Any number of ranges a day, each in its own time zone, up to twenty zones. Ranges that overlap or touch are one opening.',
      '- `closes` at or before `opens` runs past midnight: 09:00 to 09:00 is a day and a night. 00:00 to 24:00 is all day.',
      '- The clock on the wall decides. When clocks go forward, times that are left out are not open, and a range that begins among them opens at the jump. When they go back, times that come twice are open twice.',
      '- A closed date takes away the ranges that begin on it, in their own zone, with their part after midnight. A night that began the day before goes on.',
      '- The next opening and closing are looked for within 800 days; hours that never open or never close have none.',
    ].join('\n'),
  ].join('\n\n') + '\n';

const purposeRow = (field: ContactField): string[] => [
  code(field),
  ruleOf(field).title,
  ruleOf(field).explanation,
];

function ruleRow(field: ContactField): string[] {
  const { holds, count, environments, audience, aliasAdvised } = ruleOf(field);
  const held = count === 'one' ? 'one address' : holdsWords[holds];
  const seen = audience === 'internal' ? 'the account and the platform' : 'users too';
  return [code(field), held, environments.join(', '), seen, aliasAdvised ?? ''];
}
