import { accountImportPath, type ApiKeyPrincipal, type Principal } from '@signalbox/contracts';
import { createMetrics, mintPrincipalToken, runApp, type RunningApp } from '@signalbox/runtime';
import type { Connection } from 'mongoose';
import { contactRegistryModule } from './contact-registry.module.js';
import {
  openRegistryDatabase,
  recordingPublisher,
  registryParts,
  silent,
} from './registry-under-test.spec.js';

// A registry that a spec calls as the gateway does. The name ends in .spec.ts so that it is no part of the build.

const signingKeys = { current: 'a signing key of 32 characters or more' };
export const operatorKey: ApiKeyPrincipal = {
  kind: 'api-key',
  id: 'k1',
  name: 'operator',
  scopes: ['operator'],
};
export const gateway = { kind: 'service', name: 'gateway' } as const satisfies Principal;

export interface Call {
  readonly as?: Principal;
  /** Sent as JSON; `text` is sent as it is. */
  readonly body?: unknown;
  readonly text?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Headers;
}

export interface RegistryOverHttp {
  readonly connection: Connection;
  readonly url: string;
  readonly topic: ReturnType<typeof recordingPublisher>;
  readonly metrics: ReturnType<typeof createMetrics>;
  /** As an operator's key, unless told otherwise. */
  call(method: string, path: string, call?: Call): Promise<Answer>;
}

/** Gives a spec file a registry with a database of its own. */
export function useRegistryOverHttp(): () => RegistryOverHttp {
  let registry: (RegistryOverHttp & { readonly app: RunningApp }) | undefined;

  beforeAll(async () => {
    const connection = await openRegistryDatabase();
    const topic = recordingPublisher();
    const metrics = createMetrics({ processMetrics: false });
    const app = await runApp({
      name: 'contact-registry',
      log: silent,
      listen: { host: '127.0.0.1', port: 0, setting: 'CONTACT_REGISTRY_PORT' },
      bodies: { unreadPaths: [accountImportPath] },
      module: (drain) =>
        contactRegistryModule({
          ...registryParts(connection),
          publisher: topic,
          deadLetters: { send: () => Promise.resolve() },
          signingKeys,
          drain,
          metrics,
        }),
      host: { on: () => undefined, exit: () => undefined, stderr: process.stderr },
    });
    const call: RegistryOverHttp['call'] = (method, path, options) => callAt(app.url, method, path, options);
    registry = { app, connection, url: app.url, topic, metrics, call };
  });

  afterAll(async () => {
    await registry?.app.stop('the spec is over');
    await registry?.connection.dropDatabase();
    await registry?.connection.close();
  });

  return () => {
    if (registry === undefined) throw new Error('the registry is not running');
    return registry;
  };
}

/** What a caller who stands before this registry sends as `authorization`. */
export const bearerOf = async (as: Principal): Promise<string> =>
  `Bearer ${await mintPrincipalToken(signingKeys, as)}`;

async function callAt(
  url: string,
  method: string,
  path: string,
  { as = operatorKey, body, text, headers }: Call = {},
): Promise<Answer> {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      authorization: await bearerOf(as),
      ...(sent !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent }),
  });
  const answered = await response.text();
  const json: unknown = answered === '' ? undefined : JSON.parse(answered);
  return { status: response.status, json, headers: response.headers };
}
