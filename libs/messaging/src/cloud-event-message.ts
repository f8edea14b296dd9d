import { CloudEvent, Kafka } from 'cloudevents';
import type { OutgoingMessage } from './producer.js';

export interface CloudEventFacts {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The account, which is the record's key too, so that an account's events keep their order. */
  readonly subject: string;
  /** RFC 3339 in UTC. */
  readonly time: string;
  readonly data: object;
  /** Extension attributes; one that is undefined is left out. */
  readonly extensions?: Readonly<Record<string, string | undefined>>;
}

/** A Kafka message in CloudEvents' binary mode: the attributes in headers `ce_…`, the data as JSON in the value. */
export function cloudEventMessage({ data, extensions, ...attributes }: CloudEventFacts): OutgoingMessage {
  // Not strict: contracts' schemas have checked the event, and what was accepted must not fail on its way to Kafka.
  const event = new CloudEvent(
    { ...attributes, ...extensions, datacontenttype: 'application/json', data },
    false,
  );
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(Kafka.binary(event).headers)) {
    // The binding repeats datacontenttype, and lists attributes that nobody gave.
    if (typeof value === 'string' && name !== 'ce_datacontenttype') headers[name] = value;
  }
  return { key: attributes.subject, value: JSON.stringify(data), headers };
}
