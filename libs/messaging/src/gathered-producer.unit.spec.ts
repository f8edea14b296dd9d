import { createGatheredProducer } from './gathered-producer.js';
import { NotKnownToBeAccepted, RefusedByKafka, type OutgoingMessage } from './producer.js';

const message = (value: string): OutgoingMessage => ({ key: 'acme-tours', value, headers: {} });

/** Notes what is sent; refuses each send that holds a message named `bad`, loses each that holds one named `lost`. */
function fakeKafka() {
  const sends: { topic: string; values: (string | Buffer | null)[]; timeoutMs: number | undefined }[] = [];
  return {
    sends,
    send(topic: string, messages: readonly OutgoingMessage[], timeoutMs?: number): Promise<void> {
      const values = messages.map(({ value }) => value);
      sends.push({ topic, values, timeoutMs });
      if (values.includes('bad'))
        return Promise.reject(new RefusedByKafka('INVALID_RECORD', { cause: undefined }));
      if (values.includes('lost')) return Promise.reject(new NotKnownToBeAccepted('Kafka is away.'));
      return Promise.resolve();
    },
  };
}

describe('GatheredProducer', () => {
  it('sends what is published at once as one send, in order', async () => {
    const kafka = fakeKafka();
    const gathered = createGatheredProducer(kafka, { timeoutMs: 1_000 });
    await Promise.all(['1', '2', '3'].map((value) => gathered.publish('a', message(value))));
    expect(kafka.sends.map(({ values }) => values)).toEqual([['1', '2', '3']]);
    expect(kafka.sends[0]?.timeoutMs).toBeLessThanOrEqual(1_000);
  });

  it('keeps topics apart', async () => {
    const kafka = fakeKafka();
    const gathered = createGatheredProducer(kafka, { timeoutMs: 1_000 });
    await Promise.all([gathered.publish('a', message('1')), gathered.publish('b', message('2'))]);
    expect(kafka.sends.map(({ topic, values }) => [topic, values])).toEqual([
      ['a', ['1']],
      ['b', ['2']],
    ]);
  });

  it('sends one by one what was refused together, so that nobody pays for a neighbour', async () => {
    const kafka = fakeKafka();
    const gathered = createGatheredProducer(kafka, { timeoutMs: 1_000 });
    const answers = await Promise.allSettled(
      ['1', 'bad', '3'].map((value) => gathered.publish('a', message(value))),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(kafka.sends.map(({ values }) => values)).toEqual([['1', 'bad', '3'], ['1'], ['bad'], ['3']]);
    expect((answers[1] as PromiseRejectedResult).reason).toBeInstanceOf(RefusedByKafka);
  });

  it('does not send again what is not known to be accepted', async () => {
    const kafka = fakeKafka();
    const gathered = createGatheredProducer(kafka, { timeoutMs: 1_000 });
    const answers = await Promise.allSettled(
      ['1', 'lost'].map((value) => gathered.publish('a', message(value))),
    );
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(kafka.sends).toHaveLength(1);
  });

  it('does not put more together than a partition takes at once', async () => {
    const kafka = fakeKafka();
    const gathered = createGatheredProducer(kafka, { timeoutMs: 1_000 });
    const values = ['a', 'b', 'c'].map((letter) => letter.repeat(400 * 1024));
    await Promise.all(values.map((value) => gathered.publish('a', message(value))));
    expect(kafka.sends.map((send) => send.values)).toEqual([[values[0], values[1]], [values[2]]]);
  });
});
