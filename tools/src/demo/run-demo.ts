import { randomBytes } from 'node:crypto';
import { LocalStackError } from '../local-stack-error.js';
import { until } from '../process/until.js';
import { GatewayClient } from '../stack/gateway-client.js';
import type { StackFile } from '../stack/stack-file.js';
import { compareMails, type Comparison, type ExpectedMail } from './compare-mails.js';
import { changedContact, eventsAfterTheChange, firstEvents, type DemoEvent } from './demo-steps.js';
import { mailsOfRun } from './mails-of-run.js';

/** What the router says about one event, as far as the demo prints it. */
export interface DemoAnswer {
  readonly id: string;
  readonly kind: string;
  readonly account: string;
  readonly environment: string;
  readonly state: string;
  readonly reason: string | null;
  readonly category: string;
  readonly contactVersion: number | null;
  readonly deliveries: readonly { readonly address: string; readonly state: string; readonly why: string }[];
}

export interface DemoOutcome extends Comparison {
  readonly expected: readonly ExpectedMail[];
  readonly arrived: readonly ExpectedMail[];
  readonly answers: readonly DemoAnswer[];
}

/** Sends the demo's events to a running stack, changes a contact in between, and compares the mailbox with what was to come. */
export async function runDemo(stack: StackFile, onLine: (line: string) => void): Promise<DemoOutcome> {
  const run = `demo-${randomBytes(4).toString('hex')}`;
  const sender = new GatewayClient(stack.gateway, stack.keys.sender);
  const operator = new GatewayClient(stack.gateway, stack.keys.operator);
  const sent: { readonly id: string; readonly demo: DemoEvent }[] = [];
  const send = async (events: readonly DemoEvent[]): Promise<void> => {
    for (const demo of events) {
      const id = `${run}-${sent.length + 1}`;
      await sender.call('POST', '/v1/events', { body: { ...demo.event, id }, expect: [202] });
      sent.push({ id, demo });
    }
    onLine(`sent ${events.length} events, waiting for what becomes of them …`);
    for (const { id } of sent) await finished(operator, id);
  };

  await send(firstEvents);
  onLine(`changing ${changedContact.field} of ${changedContact.account} to ${changedContact.to}`);
  await setContact(operator, changedContact.to);
  try {
    await send(eventsAfterTheChange);
  } finally {
    onLine(`changing it back to ${changedContact.from}`);
    await setContact(operator, changedContact.from);
  }

  const expected = sent.flatMap(({ id, demo }) => demo.expected.map((mail) => ({ eventId: id, ...mail })));
  const arrived = await mailsOfRun(stack.mailbox, (eventId) => eventId.startsWith(`${run}-`));
  const answers = await Promise.all(sent.map(({ id }) => finished(operator, id)));
  return { ...compareMails(expected, arrived), expected, arrived, answers };
}

/** Waits until nobody else is to be told about an event: then every mail that could be sent has been. */
async function finished(operator: GatewayClient, id: string): Promise<DemoAnswer> {
  const answer = await until(
    async () => {
      const path = `/v1/events/${encodeURIComponent(id)}`;
      const { status, body } = await operator.call<DemoAnswer>('GET', path, { expect: [200, 404] });
      return status === 200 && body.state !== 'delivering' && body;
    },
    { withinMs: 60_000, everyMs: 100 },
  );
  if (answer !== undefined) return answer;
  throw new LocalStackError(
    'not-ready',
    `Event ${id} was accepted, but its mails were not finished after 60 s.`,
  );
}

async function setContact(operator: GatewayClient, email: string): Promise<void> {
  const path = `/v1/accounts/${changedContact.account}/contact-information`;
  const { etag } = await operator.call('GET', path, { expect: [200] });
  const { body } = await operator.call<{ inForce?: boolean }>('PATCH', path, {
    body: { [changedContact.field]: { addresses: [{ email }] } },
    ...(etag === undefined ? {} : { ifMatch: etag }),
    expect: [200],
  });
  if (body.inForce === true) return;
  throw new LocalStackError(
    'not-ready',
    `The change of ${changedContact.field} was stored but is not yet in force.`,
  );
}
