import { parseAddress } from '@signalbox/contracts';
import { z } from 'zod';
import { inProduction, mustBeSet, secret } from './config.js';
import { logLevels } from './log.js';

// The settings that several processes share, as fragments: an app's schema is
// `z.object({ ...processConfig, ...mongoConfig, GATEWAY_PORT: port(8080) })`.

/** RFC 7518 section 3.2: a key of HS256 has at least 256 bits; as text that is 32 characters. */
const leastKeyCharacters = 32;
const keyTooShort = `a key has at least ${leastKeyCharacters} characters`;

/** A TCP port; 0 lets the system choose one (specs do). */
export const port = (usual: number) =>
  z.coerce.number('a port is a number').int().min(0).max(65_535).default(usual);

/** Where something answers over HTTP. */
export const httpUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:\/\//.test(text), 'it is an http or https address');

export const processConfig = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Where HTTP listens. A container sets 0.0.0.0; a laptop must not open the internal APIs to its network. */
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
};

/** The first key is used; both are understood, so that a key can be changed without turning anything away. */
export interface SecretKeys {
  readonly current: string;
  readonly previous?: string;
}
export type SigningKeys = SecretKeys;

const secretKeys = () =>
  secret(
    z
      .string()
      .regex(/^[^,]+(?:,[^,]+)?$/, 'it is written current[,previous]')
      .refine((text) => text.split(',').every(isLongEnough), keyTooShort)
      .transform((text): SecretKeys => {
        const [current = '', previous] = text.split(',').map((key) => key.trim());
        return previous === undefined ? { current } : { current, previous };
      }),
  );

/** Sign the tokens between the services. */
export const signingKeys = { SIGNING_KEYS: secretKeys() };

/** Seal what is secret in the database: the links of account mails. */
export const encryptionKeys = { ENCRYPTION_KEYS: secretKeys() };

/** Every id of an event and a delivery is made with it, so it never rotates. */
export const idKey = {
  ID_KEY: secret(z.string().refine(isLongEnough, keyTooShort)),
};

export const kafkaConfig = {
  KAFKA_BROKERS: z
    .string()
    .transform((text) => text.split(',').map((broker) => broker.trim()))
    .refine(
      (brokers) => brokers.every((broker) => /^[^\s:]+:\d+$/.test(broker)),
      'it is written host:port[,host:port]',
    ),
  KAFKA_SASL_USERNAME: inProduction(z.string().optional(), mustBeSet),
  KAFKA_SASL_PASSWORD: inProduction(secret(z.string().optional()), mustBeSet),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).default('scram-sha-512'),
  KAFKA_TLS: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
};

export const mongoConfig = {
  MONGO_URL: inProduction(secret(urlOf('mongodb:', 'mongodb+srv:')), mustHaveCredentials),
};

export const redisConfig = {
  REDIS_URL: inProduction(secret(urlOf('redis:', 'rediss:')), mustHaveCredentials),
};

export const operatorsMailbox = {
  /** Who is told when nobody else is; in production a default would be mail into the void. */
  OPERATORS_MAILBOX: inProduction(mailAddress('operators@signalbox.example'), mustBeSet),
};

export const operatorEmail = {
  /** Who can sign in as an operator before anybody has been given access; in production a default would be nobody. */
  OPERATOR_EMAIL: inProduction(mailAddress('operator@signalbox.example'), mustBeSet),
};

export const publicUrl = {
  /** Where people and machines reach the gateway: it stands in mails and in the OpenAPI document, and cookies are made for it. */
  PUBLIC_URL: httpUrl.default('http://127.0.0.1:8080'),
};

function isLongEnough(key: string): boolean {
  return key.trim().length >= leastKeyCharacters;
}

function mailAddress(usual: string) {
  return z
    .string()
    .refine((text) => parseAddress(text).ok, 'it is one mail address')
    .default(usual);
}

/** By pattern and not by `new URL`: a replica set's `mongodb://a:1,b:2/` is none by the URL standard. */
function urlOf(...schemes: string[]) {
  const [usual = ''] = schemes;
  return z
    .string()
    .refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}//`)), `it starts with ${usual}//`);
}

function mustHaveCredentials(value: unknown, name: string): string | undefined {
  if (typeof value !== 'string') return mustBeSet(undefined, name);
  return /^[a-z+]+:\/\/[^/@]*:[^/@]+@/.test(value)
    ? undefined
    : `${name} holds no user and password: production needs an engine with authentication.`;
}
