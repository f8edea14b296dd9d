import type { IHeaders } from 'kafkajs';

/** One record as it came. */
export interface ReceivedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** On event topics the broker's clock (LogAppendTime): the moment of acceptance. */
  readonly timestamp: Date;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: IHeaders;
}

/** Records of one partition, in order, at most 500; what a handler gets as its payload. */
export interface ReceivedBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly ReceivedRecord[];
}
