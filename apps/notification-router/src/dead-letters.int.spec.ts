import { randomUUID } from 'node:crypto';
import {
  DeadLetterList,
  DeadLettersReplayed,
  DeadLetterView,
  Problem,
  topicNames,
} from '@signalbox/contracts';
import type { ReceivedRecord } from '@signalbox/messaging';
import { DeadLettersConsumer } from './dead-letters.consumer.js';
import { sentToTopics, useRouterOverHttp } from './router-over-http.spec.js';

const router = useRouterOverHttp();
let nextOffset = 0;

/** A record of the dead-letter topic. */
function aRecord(changes: Partial<ReceivedRecord> = {}): ReceivedRecord {
  const headers = {
    ce_id: 'e-1',
    'sbx-reason': 'not-json',
    'sbx-topic': 'signalbox.emergencies',
    'sbx-partition': '3',
    'sbx-offset': '41',
    'sbx-failed-at': '2026-11-28T09:30:00.000Z',
    ...changes.headers,
  };
  return {
    topic: topicNames.deadLetters,
    partition: 0,
    offset: nextOffset++,
    timestamp: new Date(),
    key: 'acme-tours',
    value: Buffer.from('{"broken'),
    ...changes,
    headers,
  };
}
async function recorded(...records: readonly ReceivedRecord[]): Promise<string[]> {
  const consumer = new DeadLettersConsumer(router().store.letters);
  await consumer.onBatch({ topic: topicNames.deadLetters, partition: 0, records });
  return records.map(({ partition, offset }) => `${partition}-${offset}`);
}
const ask = (method: string, path: string, body?: unknown) =>
  router().call(method, `/v1/dead-letters${path}`, body === undefined ? {} : { body });

it('a letter is shown with its bytes, where it came from and why, and read twice it is one', async () => {
  const record = aRecord();
  const [id = ''] = await recorded(record);
  await recorded(record);
  expect(DeadLetterView.parse((await ask('GET', `/${id}`)).json)).toEqual({
    id,
    reason: 'not-json',
    from: { topic: 'signalbox.emergencies', partition: 3, offset: 41 },
    failedAt: '2026-11-28T09:30:00.000Z',
    bytes: 8,
    truncatedFrom: null,
    state: 'open',
    handled: null,
    key: 'acme-tours',
    headers: { ce_id: 'e-1' },
    encoding: 'utf8',
    value: '{"broken',
  });
});

it.each<[string, Buffer]>([
  ['text', Buffer.from('{"título": "não"}')],
  ['text with a byte order mark', Buffer.from('\ufeff{}')],
  ['bytes that are no text', Buffer.from([0, 0xff, 0xfe, 0x80, 0x22])],
])('a replay sends %s as it came, without what we had added', async (_, value) => {
  const [id = ''] = await recorded(aRecord({ value, headers: { odd: Buffer.from([0xff, 1]) } }));
  const { status, json } = await ask('POST', `/${id}/replay`);
  expect([status, DeadLetterView.parse(json).state]).toEqual([200, 'replayed']);
  expect(sentToTopics.at(-1)).toEqual({
    topic: 'signalbox.emergencies',
    message: {
      key: 'acme-tours',
      value,
      headers: { ce_id: Buffer.from('e-1'), odd: Buffer.from([0xff, 1]) },
    },
  });
});

it('several are replayed in one call, and what cannot be is said of each', async () => {
  const posted = { 'sbx-topic': 'http:/v1/intake/alertmanager', 'sbx-partition': '-1', 'sbx-offset': '-1' };
  const ids = await recorded(
    aRecord(),
    aRecord({ headers: posted }),
    aRecord({ headers: { 'sbx-truncated-from-bytes': '900000' } }),
    aRecord({ value: null, key: null }),
  );
  const before = sentToTopics.length;
  const { json } = await ask('POST', '/replay', { ids: [...ids, '9-9'] });
  expect(DeadLettersReplayed.parse(json).items.map(({ id, outcome }) => [id, outcome])).toEqual([
    [ids[0], 'replayed'],
    [ids[1], 'not-replayable'],
    [ids[2], 'not-replayable'],
    [ids[3], 'replayed'],
    ['9-9', 'not-found'],
  ]);
  expect(sentToTopics.length - before).toBe(2);
  const { status, json: alone } = await ask('POST', `/${ids[1] ?? ''}/replay`);
  expect([status, Problem.parse(alone).code]).toEqual([409, 'not-replayable']);
});

it('one is discarded with a reason and by somebody, and not once it was replayed', async () => {
  const [discarded = '', replayed = ''] = await recorded(aRecord(), aRecord());
  expect((await ask('POST', `/${discarded}/discard`, {})).status).toBe(400);
  const { json } = await ask('POST', `/${discarded}/discard`, { because: 'A test.' });
  expect(DeadLetterView.parse(json)).toMatchObject({ state: 'discarded', handled: { because: 'A test.' } });
  await ask('POST', `/${replayed}/replay`);
  const again = await ask('POST', `/${replayed}/discard`, { because: 'A test.' });
  expect([again.status, Problem.parse(again.json).code]).toEqual([409, 'dead-letter-replayed']);
  expect((await ask('GET', '/9-9')).status).toBe(404);
});

it('the list has them page by page, the newest first, and by state and reason', async () => {
  const reason = `reason-${randomUUID()}`;
  const at = (second: number) => ({
    headers: { 'sbx-reason': reason, 'sbx-failed-at': `2026-11-28T10:00:0${second}.000Z` },
  });
  const ids = await recorded(...[1, 2, 3, 4, 5].map((second) => aRecord(at(second))));
  await ask('POST', `/${ids[4] ?? ''}/discard`, { because: 'A test.' });
  const seen: string[] = [];
  for (let cursor = '', pages = 0; pages < 3; pages += 1) {
    const { json } = await ask('GET', `?reason=${reason}&limit=2${cursor && `&cursor=${cursor}`}`);
    const page = DeadLetterList.parse(json);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? '';
  }
  expect(seen).toEqual([...ids].reverse());
  const { json } = await ask('GET', `?reason=${reason}&state=open`);
  expect(DeadLetterList.parse(json).items).toHaveLength(4);
});
