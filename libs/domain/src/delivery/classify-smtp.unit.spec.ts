import { classifySmtp, smtpEndOf, smtpEnds, smtpStages, smtpTable, type SmtpStage } from './classify-smtp.js';

it.each([
  ['dot', '2xx', 'sent', false],
  ['dot', '4xx', 'retry', false],
  ['dot', '5xx', 'refused', false],
  ['dot', 'lost', 'retry', true],
  ['dot', 'timeout', 'retry', true],
  ['recipient', '4xx', 'retry', false],
  ['recipient', '5xx', 'refused', false],
  ['recipient', 'lost', 'retry', false],
  ['data', '4xx', 'retry', false],
  ['data', '5xx', 'refused', false],
  ['transfer', 'lost', 'retry', false],
  ['transfer', 'timeout', 'retry', false],
  ['connect', 'lost', 'ours', false],
  ['connect', '4xx', 'ours', false],
  ['tls', 'other', 'ours', false],
  ['hello', '5xx', 'ours', false],
  ['auth', '5xx', 'ours', false],
  ['mail-from', '5xx', 'ours', false],
  ['compose', 'other', 'ours', false],
] as const)('%s, %s → %s, ambiguous %s', (stage, end, verdict, ambiguous) => {
  expect(classifySmtp(stage, end)).toMatchObject({ verdict, ambiguous });
});

const cells = smtpStages.flatMap((stage) =>
  smtpEnds.map((end) => ({ stage, end, row: smtpTable[stage][end] })),
);

it('only the reply to the final dot makes a mail sent', () => {
  expect(cells.filter(({ row }) => row.verdict === 'sent').map(({ stage, end }) => [stage, end])).toEqual([
    ['dot', '2xx'],
  ]);
});

it('a recipient is refused only for a 5xx to its address or to the message', () => {
  const refused = cells
    .filter(({ row }) => row.verdict === 'refused')
    .map(({ stage, end }) => `${stage} ${end}`);
  expect(refused.sort()).toEqual(['data 5xx', 'dot 5xx', 'recipient 5xx']);
});

it('nothing before the final dot is ambiguous', () => {
  const ambiguous: SmtpStage[] = cells
    .filter(({ stage, end }) => classifySmtp(stage, end).ambiguous)
    .map(({ stage }) => stage);
  expect(new Set(ambiguous)).toEqual(new Set(['dot']));
});

it.each([
  [250, '2xx'],
  [354, 'other'],
  [421, '4xx'],
  [452, '4xx'],
  [550, '5xx'],
  [0, 'other'],
  [999, 'other'],
] as const)('reply code %d is of class %s', (code, end) => {
  expect(smtpEndOf(code)).toBe(end);
});
