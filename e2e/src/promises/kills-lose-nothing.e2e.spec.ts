import { Redis } from 'ioredis';
import { queues } from '@signalbox/contracts';
import { type Mail, type Signalbox, token, useSignalbox } from '../support/signalbox.js';

const events = 500;
const mostInFlight = queues['email-emergency'].concurrency;

describe('kills lose nothing', () => {
  const signalbox = useSignalbox({ restart: true });

  it.each(['gateway', 'contact-registry', 'notification-router', 'email-worker'])(
    `kill -9 of the %s while ${events} events are in flight: one mail each`,
    async (name) => {
      const about = token();
      const posted = postAll(signalbox(), about);
      await signalbox().mailsArrived(about, 1);
      signalbox().stack.process(name).kill('SIGKILL');
      await posted;
      await signalbox().settled(120_000);
      const mails = await signalbox().mailsAbout(about);
      expect(numbersOf(mails)).toEqual(Array.from({ length: events }, (_, number) => number));
      expectFewDoubles(mails, name === 'email-worker' ? mostInFlight : 0);
    },
    240_000,
  );

  it('FLUSHALL in mid-flight loses none and doubles none', async () => {
    const about = token();
    const posted = postAll(signalbox(), about);
    await signalbox().mailsArrived(about, 1);
    const redis = new Redis(signalbox().stack.engines.redis.address);
    await redis.flushall();
    redis.disconnect();
    await posted;
    await signalbox().settled(120_000);
    const mails = await signalbox().mailsAbout(about);
    expect(numbersOf(mails)).toEqual(Array.from({ length: events }, (_, number) => number));
    expectFewDoubles(mails, 0);
  }, 240_000);
});

const postAll = (signalbox: Signalbox, about: string): Promise<unknown> =>
  Promise.all(
    Array.from({ length: events }, (_, number) =>
      signalbox.postUntilAccepted({
        kind: 'emergency',
        id: `${about}-${number}`,
        title: `${about} n${number}`,
      }),
    ),
  );

const numberOf = ({ Subject }: Mail): number => Number(/ n(\d+)/.exec(Subject)?.[1] ?? NaN);
const numbersOf = (mails: readonly Mail[]): number[] =>
  [...new Set(mails.map(numberOf))].sort((a, b) => a - b);

/** A double can only come from between the server's acceptance and our record of it, and carries the same Message-ID. */
function expectFewDoubles(mails: readonly Mail[], most: number): void {
  const messageIds = new Map<number, Set<string>>();
  for (const mail of mails) {
    messageIds.set(numberOf(mail), (messageIds.get(numberOf(mail)) ?? new Set()).add(mail.MessageID));
  }
  expect(mails.length - messageIds.size).toBeLessThanOrEqual(most);
  expect([...messageIds.values()].filter(({ size }) => size > 1)).toEqual([]);
}
