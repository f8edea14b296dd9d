import {
  categories,
  eventKinds,
  lanes,
  passReasons,
  type Category,
  type PassReason,
} from '@signalbox/contracts';
import { fallbackChains, unroutableChain } from '../routing/fallback-chains.js';
import { patienceMs } from '../routing/patience.js';
import { ruleFor } from '../routing/routing-table.js';
import { code, markdownTable } from './markdown.js';

const stepWords: Readonly<Record<string, string>> = {
  alertContacts: '`alertContacts` (in production)',
  accountOwner: "the account's owner on our side",
  operators: 'the operators',
};

/** Why a step is passed over, as an event's answer says it. */
const passMeanings = {
  'nobody-there': 'The field is empty.',
  'not-offered-for-integration-type': "The account's integration type does not have the field.",
  'production-only': 'Alert contacts exist in production alone, and the event is of the sandbox.',
  'nobody-accepted': 'Every mail there was refused, given up, or came back.',
  'nobody-accepted-in-time': 'No mail server has taken one for as long as the lane waits; they are tried on.',
  'not-acknowledged': 'An emergency was taken, and nobody there said "I am on it" in time.',
} as const satisfies Record<PassReason, string>;

const minutes = (ms: number): string => (ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`);

/** The page docs/routing.md, made of the tables that decide. `npm run docs` writes it. */
export const routingPage = (): string =>
  [
    '# Routing',
    'Who is told of what, who is told next, and when. This page is made of the tables in `libs/domain/src/routing`; `npm run docs` writes it anew. Whether an account can be told now is answered by `POST /v1/preview`.',
    '## The table',
    markdownTable(['event', 'told', 'lane', 'in'], eventKinds.map(ruleRow)),
    'Elsewhere than said under "in" nobody is told, and the event says why (`alerts-are-production-only`).',
    '## The chains',
    'When nobody of a step is there, or none of its mails was enough, the next one is told. Whoever was told already is not told again.',
    markdownTable(
      ['told', 'next'],
      [
        ...categories.map(chainRow),
        ['an account that nobody knows', unroutableChain.map(stepOf).join(' → ')],
      ],
    ),
    '`operationalShared` is in no chain: no event is sent there.',
    '## When a step is passed over',
    markdownTable(
      ['reason', 'when'],
      passReasons.map((reason) => [code(reason), passMeanings[reason]]),
    ),
    markdownTable(
      ['lane', 'waits for a mail to be taken'],
      lanes.map((lane) => [lane, minutes(patienceMs[lane])]),
    ),
    'An emergency\'s mail has a link to say "I am on it". Until somebody has, the next step is told after the account\'s `acknowledgeWithinMinutes` (0: never); once somebody has, nobody more is told. Nobody stands after the last step of a chain, so there it is not waited for.',
  ].join('\n\n') + '\n';

function ruleRow(kind: (typeof eventKinds)[number]): string[] {
  const { category, lane, onlyIn } = ruleFor(kind);
  return [code(kind), code(category), lane, onlyIn?.environment ?? 'both environments'];
}

const stepOf = (step: string): string => stepWords[step] ?? code(step);

const chainRow = (category: Category): string[] => [
  code(category),
  fallbackChains[category].slice(1).map(stepOf).join(' → '),
];
