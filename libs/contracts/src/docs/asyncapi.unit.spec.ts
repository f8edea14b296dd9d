import { Parser } from '@asyncapi/parser';
import { consumerGroup, topics, type Topic } from '../topics.js';
import { asyncApiDocument } from './asyncapi.js';

interface Document {
  readonly channels: Readonly<Record<string, { readonly address: string; readonly bindings: unknown }>>;
  readonly operations: Readonly<
    Record<
      string,
      { readonly action: string; readonly channel: { readonly $ref: string }; readonly bindings?: unknown }
    >
  >;
}

const document = asyncApiDocument('1.2.3');
const { channels, operations } = document as unknown as Document;

describe('the AsyncAPI document', () => {
  it('is a valid one, by the parser of the AsyncAPI Initiative', async () => {
    const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document));
    const errors = diagnostics.filter(({ severity }) => Number(severity) === 0);
    expect(errors.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([]);
    expect(parsed?.channels().all()).toHaveLength(Object.keys(topics).length);
  });

  it('would be refused with an operation on a channel that does not exist', async () => {
    const broken = {
      ...document,
      operations: { 'send-nothing': { action: 'send', channel: { $ref: '#/channels/nothing' } } },
    };
    const { document: parsed } = await new Parser().parse(JSON.stringify(broken));
    expect(parsed).toBeUndefined();
  });

  it.each(Object.entries<Topic>(topics))(
    'tells of the topic %s, and who takes it',
    (name, { partitions, consumer }) => {
      const [id, channel] = Object.entries(channels).find(([, { address }]) => address === name) ?? [];
      expect(channel?.bindings).toMatchObject({ kafka: { topic: name, partitions } });
      const operation = Object.values(operations).find(
        ({ channel: { $ref } }) => $ref === `#/channels/${id}`,
      );
      expect(operation?.action).toBe(consumer === null ? 'send' : 'receive');
      const groupId =
        consumer === null ? undefined : { kafka: { groupId: { const: consumerGroup(consumer) } } };
      if (groupId) expect(operation?.bindings).toMatchObject(groupId);
      else expect(operation?.bindings).toBeUndefined();
    },
  );
});
