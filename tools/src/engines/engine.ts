export const engineNames = ['kafka', 'mongo', 'redis'] as const;
export type EngineName = (typeof engineNames)[number];

/** A real engine that answers. What a fault does to it (stop, pause, kill) leaves its data as they are. */
export interface Engine {
  readonly name: EngineName;
  /** Where it came from, for people and stack.json: `native 4.1.1`, `docker apache/kafka:4.1.1` or `given`. */
  readonly description: string;
  /** Kafka: `host:port`; MongoDB and Redis: a URL. */
  readonly address: string;
  /** Undefined while it is stopped, and for an engine that is not a process of this machine's. */
  readonly pid: number | undefined;
  /** Starts it again with the data it had; resolves when it serves. */
  start(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Freezes it: connections stay open and nothing answers. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Calls back when it ends without having been stopped here. */
  onUnaskedEnd(listener: (how: string) => void): void;
}

/** The setting with which somebody gives an engine of their own. */
export const engineSettings = {
  kafka: 'KAFKA_BROKERS',
  mongo: 'MONGO_URL',
  redis: 'REDIS_URL',
} as const satisfies Record<EngineName, string>;

/** The setting that moves an engine that the local stack starts, and its default. */
export const enginePorts = {
  kafka: { setting: 'KAFKA_PORT', port: 39092, title: 'Kafka' },
  mongo: { setting: 'MONGO_PORT', port: 37017, title: 'MongoDB' },
  redis: { setting: 'REDIS_PORT', port: 36379, title: 'Redis' },
} as const satisfies Record<EngineName, { setting: string; port: number; title: string }>;

export interface EngineRequest {
  /** Data stand in `<dir>/<engine>`, logs in `<dir>/logs`, pid files in `<dir>/run`. */
  readonly dir: string;
  readonly port: number;
  readonly onLine: (line: string) => void;
}
