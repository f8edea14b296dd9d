import { LocalStackError } from '../local-stack-error.js';

export interface GatewayAnswer<T> {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: T;
}

export interface GatewayRequest {
  readonly body?: unknown;
  readonly ifMatch?: string;
  /** Statuses that are an answer here; every other one is an error. */
  readonly expect: readonly number[];
}

/** Calls the gateway's HTTP API as the holder of one API key. */
export class GatewayClient {
  constructor(
    readonly url: string,
    private readonly key: string,
  ) {}

  /** @throws LocalStackError with the problem's own words on a status that is not expected. */
  async call<T>(
    method: string,
    path: string,
    { body, ifMatch, expect }: GatewayRequest,
  ): Promise<GatewayAnswer<T>> {
    const response = await this.#fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!expect.includes(response.status)) {
      throw new LocalStackError(
        'step-failed',
        `${method} ${path} answered ${response.status}: ${text.slice(0, 1_000)}`,
      );
    }
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      etag: response.headers.get('etag') ?? undefined,
      body: (isJson && text !== '' ? JSON.parse(text) : undefined) as T,
    };
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(new URL(path, this.url), init);
    } catch (cause) {
      throw new LocalStackError(
        'not-running',
        `The gateway does not answer at ${this.url}: is the stack running?`,
        {
          cause,
        },
      );
    }
  }
}
