import { execFile } from 'node:child_process';
import { topicNames, type DeadLetterList, type DeadLetterView } from '@signalbox/contracts';
import { eventually } from '@signalbox/testing';
import { outsideProgram } from '@signalbox/tools';
import { Kafka, logLevel } from 'kafkajs';
import mongoose from 'mongoose';
import { token, useSignalbox, type Signalbox } from '../support/signalbox.js';

const kcat = outsideProgram('kcat');
const promise = kcat === undefined ? describe.skip : describe;

promise('any Kafka client may send', () => {
  const signalbox = useSignalbox();

  it('an emergency produced by kcat is delivered the same way', async () => {
    const about = token();
    await produce(
      signalbox(),
      'signalbox.emergencies',
      cloudEvent(about),
      JSON.stringify({ environment: 'production', title: `${about} by kcat` }),
    );
    await signalbox().mailsArrived(about, 1);
    await signalbox().settled();
    expect(await signalbox().recipientsAbout(about)).toEqual(['page@acme-tours.example']);
    expect((await signalbox().event(about)).source).toBe('/kcat');
  });

  it('broken bytes land in the dead-letter topic with their reason, and the next good event is delivered', async () => {
    const [broken, good] = [token(), token()];
    await produce(
      signalbox(),
      'signalbox.emergencies',
      cloudEvent(broken),
      `{"environment": "production", ${broken}`,
    );
    await produce(
      signalbox(),
      'signalbox.emergencies',
      cloudEvent(good),
      JSON.stringify({ environment: 'production', title: `${good} next` }),
    );
    await signalbox().mailsArrived(good, 1);
    const letters = await eventually(async () => {
      const read = await consume(signalbox(), topicNames.deadLetters);
      return read.includes(broken) && read;
    });
    expect(letters).toMatch(/sbx-reason=not-json/);
    expect(letters).toMatch(/sbx-topic=signalbox\.emergencies/);
    expect(await openLetters(signalbox(), broken)).toMatchObject([{ reason: 'not-json', state: 'open' }]);
    await signalbox().settled();
  });

  it('what was put aside can be replayed: what still cannot be read is put aside again', async () => {
    const broken = token();
    await produce(signalbox(), 'signalbox.emergencies', cloudEvent(broken), `{${broken}`);
    const [letter] = await openLetters(signalbox(), broken);
    const path = `/v1/dead-letters/${letter?.id ?? ''}`;
    await signalbox().operator.call('POST', `${path}/replay`, { expect: [200] });
    const [again] = await openLetters(signalbox(), broken);
    expect(again).toMatchObject({ reason: 'not-json', from: { topic: 'signalbox.emergencies' } });
    expect(again?.from.offset).toBeGreaterThan(letter?.from.offset ?? Infinity);
    const discard = { body: { because: 'A test.' }, expect: [200] };
    await signalbox().operator.call('POST', `/v1/dead-letters/${again?.id ?? ''}/discard`, discard);
    expect(await lettersAbout(signalbox(), broken)).toEqual([
      expect.objectContaining({
        state: 'discarded',
        handled: expect.objectContaining({ because: 'A test.' }) as unknown,
      }),
      expect.objectContaining({ id: letter?.id, state: 'replayed' }),
    ]);
  });

  it('a record with thousands of headers is one dead letter, and keeps no lane waiting', async () => {
    const about = token();
    const flood = Object.fromEntries(Array.from({ length: 5_000 }, (_, number) => [`h${number}`, 'v']));
    const producer = new Kafka({
      clientId: 'spec',
      brokers: [signalbox().stack.engines.kafka.address],
      logLevel: logLevel.NOTHING,
    }).producer();
    await producer.connect();
    await producer.send({
      topic: 'signalbox.migration-notices',
      messages: [{ key: 'acme-tours', value: '{}', headers: flood }],
    });
    await producer.disconnect();
    await signalbox().post({ kind: 'migration-notice', title: `${about} bulk` });
    await signalbox().post({ kind: 'emergency', title: `${about} emergency` });
    await signalbox().mailsArrived(about, 2);
    await signalbox().settled();
    expect(await signalbox().recipientsAbout(about)).toEqual([
      'dev@acme-tours.example',
      'page@acme-tours.example',
    ]);
  });

  it('an emergency goes out while a partition of the bulk topic is blocked', async () => {
    const [blocked, emergency] = [token(), token()];
    const connection = await mongoose
      .createConnection(signalbox().stack.engines.mongo.address, { dbName: 'signalbox_dispatch' })
      .asPromise();
    const views = connection.collection<{ _id: string; version: number; snapshot: unknown }>('contactViews');
    const whole = await views.findOne({ _id: 'bistro-uno' });
    // A snapshot that no code can read: deciding throws, so this partition of the bulk lane goes no further.
    await views.updateOne(
      { _id: 'bistro-uno' },
      { $set: { snapshot: { account: 'bistro-uno', version: whole?.version } } },
    );
    await signalbox().post({ kind: 'migration-notice', account: 'bistro-uno', title: `${blocked} notice` });
    await eventually(async () => (await signalbox().ledger()).waiting > 0);

    await signalbox().post({ kind: 'emergency', title: `${emergency} now` });
    await signalbox().mailsArrived(emergency, 1);
    expect((await signalbox().ledger()).waiting).toBeGreaterThan(0);
    expect(await signalbox().mailsAbout(blocked)).toEqual([]);

    await views.updateOne({ _id: 'bistro-uno' }, { $set: { snapshot: whole?.snapshot } });
    await connection.close();
    await signalbox().mailsArrived(blocked, 1);
    await signalbox().settled();
  });
});

const cloudEvent = (id: string): Record<string, string> => ({
  ce_specversion: '1.0',
  ce_type: 'io.signalbox.emergency.v1',
  ce_source: '/kcat',
  ce_id: id,
  ce_subject: 'acme-tours',
  'content-type': 'application/json',
});

/** The letters whose bytes hold the text, the newest first. */
async function lettersAbout({ operator }: Signalbox, text: string): Promise<DeadLetterView[]> {
  const { body } = await operator.call<DeadLetterList>('GET', '/v1/dead-letters?reason=not-json', {
    expect: [200],
  });
  const letters = await Promise.all(
    body.items.map(({ id }) =>
      operator.call<DeadLetterView>('GET', `/v1/dead-letters/${id}`, { expect: [200] }),
    ),
  );
  return letters.map((letter) => letter.body).filter(({ value }) => value?.includes(text));
}
const openLetters = (signalbox: Signalbox, text: string): Promise<DeadLetterView[]> =>
  eventually(async () => {
    const open = (await lettersAbout(signalbox, text)).filter(({ state }) => state === 'open');
    return open.length > 0 && open;
  });

function produce(
  signalbox: Signalbox,
  topic: string,
  headers: Record<string, string>,
  value: string,
): Promise<string> {
  const args = Object.entries(headers).flatMap(([name, text]) => ['-H', `${name}=${text}`]);
  return run(
    ['-P', '-b', signalbox.stack.engines.kafka.address, '-t', topic, '-k', 'acme-tours', ...args],
    value,
  );
}

const consume = (signalbox: Signalbox, topic: string): Promise<string> =>
  run([
    '-C',
    '-b',
    signalbox.stack.engines.kafka.address,
    '-t',
    topic,
    '-o',
    'beginning',
    '-e',
    '-q',
    '-f',
    '%h %s\n',
  ]);

function run(args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(kcat ?? 'kcat', args, { timeout: 30_000 }, (error, stdout) =>
      error ? reject(new Error(error.message)) : resolve(stdout),
    );
    child.stdin?.end(input ?? '');
  });
}
