import type { StackFile } from './stack-file.js';
import { table } from './table.js';

/**
 * What `npm start` prints when everything is ready: where things are, and what to try first.
 * @param publicUrl where people reach the gateway, as PUBLIC_URL says.
 */
export function readyPage(stack: StackFile, publicUrl: string, tookMs: number): string {
  const { gateway, mailbox, kafka, mongo, redis, smtp, keys, signIn, engines } = stack;
  const places = table([
    ['portal', `${publicUrl.replace(/\/+$/, '')}/`],
    ['API', `${gateway}/v1`],
    ['API description', `${gateway}/docs`],
    ['mailbox', mailbox],
    ['SMTP', smtp],
    ['Kafka', `${kafka}  (${engines['kafka'] ?? ''})`],
    ['MongoDB', `${mongo}  (${engines['mongo'] ?? ''})`],
    ['Redis', `${redis}  (${engines['redis'] ?? ''})`],
    ['key of a sender', keys.sender],
    ['key of an operator', keys.operator],
    ['key of support', keys.support],
    ['logs', '.local/logs'],
  ]);
  const links = table(Object.entries(signIn).filter(([name]) => name !== 'operator'));
  return `
Signalbox is ready after ${(tookMs / 1000).toFixed(1)} s.

${places}

A first emergency, and then look into the mailbox:

  curl -s ${gateway}/v1/events \\
    -H 'Authorization: Bearer ${keys.sender}' -H 'Content-Type: application/json' \\
    -d '{"kind":"emergency","account":"acme-tours","environment":"production","title":"Integration disabled"}'

Sign in as an admin of a demo account (each link works once; fresh ones stand in .local/stack.json):

${links}

One event of every kind: npm run demo. Ctrl-C stops everything; the data stay.
`;
}
