// `npm run demo`: one event of each kind through the running stack, a contact changed in between; exit status 1 on any
// difference between what was to be sent and what the mailbox holds.
import { runDemo, type DemoOutcome } from './demo/run-demo.js';
import { LocalStackError } from './local-stack-error.js';
import { localDirectory } from './paths.js';
import { readStackFile } from './stack/stack-file.js';
import { table } from './stack/table.js';

async function main(): Promise<number> {
  const stack = readStackFile(localDirectory);
  if (stack === undefined) {
    throw new LocalStackError(
      'not-running',
      'No stack is running (.local/stack.json is not there): say `npm start` first.',
    );
  }
  const outcome = await runDemo(stack, (line) => console.log(line));
  report(outcome);
  return outcome.missing.length + outcome.unexpected.length === 0 ? 0 : 1;
}

function report({ expected, arrived, missing, unexpected, answers }: DemoOutcome): void {
  console.log('\nExpected mails:\n');
  console.log(
    table([
      ['EVENT', 'ARRIVED', 'RECIPIENT', 'SUBJECT'],
      ...expected.map((mail) => [
        ...[mail.eventId, missing.includes(mail) ? 'no' : 'yes', mail.recipient, mail.subject],
      ]),
    ]),
  );
  console.log('\nWho was told, and why:\n');
  console.log(
    table([
      ['EVENT', 'KIND', 'ACCOUNT', 'ENVIRONMENT', 'CATEGORY', 'CONTACTS', 'STATE', 'TOLD'],
      ...answers.map((answer) => [
        ...[answer.id, answer.kind, answer.account, answer.environment, answer.category],
        ...[`version ${answer.contactVersion ?? '?'}`, answer.state, toldOf(answer)],
      ]),
    ]),
  );
  for (const { eventId, recipient, subject } of unexpected) {
    console.log(`\nNot expected: ${eventId} to ${recipient}: ${subject}`);
  }
  const differences = missing.length + unexpected.length;
  console.log(`\n${expected.length} mails expected, ${arrived.length} arrived, ${differences} differences`);
}

function toldOf({ deliveries, reason }: DemoOutcome['answers'][number]): string {
  const told = deliveries.map(({ address, state, why }) => `${address} ${state} (${why})`).join(', ');
  return reason === null ? told : `nobody: ${reason}`;
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof LocalStackError ? error.message : error);
  process.exit(1);
}
