import { z } from 'zod';
import { ConfigError, describeConfig, readConfig, secret, type Env } from './config.js';
import {
  idKey,
  kafkaConfig,
  mongoConfig,
  operatorsMailbox,
  port,
  processConfig,
  redisConfig,
  signingKeys,
} from './config-fragments.js';

const schema = z.object({
  ...processConfig,
  ...signingKeys,
  ...idKey,
  ...kafkaConfig,
  ...mongoConfig,
  ...redisConfig,
  ...operatorsMailbox,
  GATEWAY_PORT: port(8080),
});

const keyOne = '1'.repeat(32);
const keyTwo = '2'.repeat(32);
const local: Env = {
  SIGNING_KEYS: `${keyOne},${keyTwo}`,
  ID_KEY: keyOne,
  KAFKA_BROKERS: 'a:9092, b:9092',
  MONGO_URL: 'mongodb://127.0.0.1:37017/?replicaSet=rs0',
  REDIS_URL: 'redis://127.0.0.1:36379',
};
const production: Env = {
  ...local,
  NODE_ENV: 'production',
  KAFKA_SASL_USERNAME: 'signalbox',
  KAFKA_SASL_PASSWORD: 'p',
  MONGO_URL: 'mongodb://app:p@a:27017,b:27017/signalbox',
  REDIS_URL: 'rediss://:p@cache:6379',
  OPERATORS_MAILBOX: 'ops@acme.example',
};

function problemsOf(env: Env): readonly string[] {
  try {
    readConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings outside production', () => {
  it('are parsed, with the defaults of the interface', () => {
    expect(readConfig(schema, local)).toEqual({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      SIGNING_KEYS: { current: keyOne, previous: keyTwo },
      ID_KEY: keyOne,
      KAFKA_BROKERS: ['a:9092', 'b:9092'],
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_TLS: false,
      MONGO_URL: local.MONGO_URL,
      REDIS_URL: local.REDIS_URL,
      OPERATORS_MAILBOX: 'operators@signalbox.example',
      GATEWAY_PORT: 8080,
    });
  });

  it('take an empty setting as one that was left out', () => {
    expect(readConfig(schema, { ...local, GATEWAY_PORT: '', LOG_LEVEL: '' })).toMatchObject({
      GATEWAY_PORT: 8080,
    });
  });

  it('tell all that is wrong at once, one sentence each, naming the setting and no secret', () => {
    expect(
      problemsOf({
        ...local,
        SIGNING_KEYS: 'short',
        KAFKA_BROKERS: 'nonsense',
        MONGO_URL: undefined,
        REDIS_URL: 'http://cache',
        GATEWAY_PORT: 'eighty',
        LOG_LEVEL: 'loud',
      }),
    ).toEqual([
      'LOG_LEVEL is not valid: Invalid option: expected one of "fatal"|"error"|"warn"|"info"|"debug"|"trace"|"silent".',
      'SIGNING_KEYS is not valid: a key has at least 32 characters.',
      'KAFKA_BROKERS is not valid: it is written host:port[,host:port].',
      'MONGO_URL is missing: set it, or set MONGO_URL_FILE to a file that holds it.',
      'REDIS_URL is not valid: it starts with redis://.',
      'GATEWAY_PORT is not valid: a port is a number.',
    ]);
  });
});

describe('production', () => {
  it('starts when everything is given', () => {
    expect(problemsOf(production)).toEqual([]);
  });

  it('refuses to start without mailbox, secrets and engines with authentication, naming all that is missing', () => {
    const { MONGO_URL, REDIS_URL, KAFKA_BROKERS } = local;
    expect(problemsOf({ NODE_ENV: 'production', MONGO_URL, REDIS_URL, KAFKA_BROKERS })).toEqual([
      'SIGNING_KEYS is missing: set it, or set SIGNING_KEYS_FILE to a file that holds it.',
      'ID_KEY is missing: set it, or set ID_KEY_FILE to a file that holds it.',
      'KAFKA_SASL_USERNAME is missing: production needs it.',
      'KAFKA_SASL_PASSWORD is missing: production needs it.',
      'MONGO_URL holds no user and password: production needs an engine with authentication.',
      'REDIS_URL holds no user and password: production needs an engine with authentication.',
      'OPERATORS_MAILBOX is missing: production needs it.',
    ]);
  });

  it('says once that a setting is missing', () => {
    expect(problemsOf({ ...production, MONGO_URL: undefined })).toEqual([
      'MONGO_URL is missing: set it, or set MONGO_URL_FILE to a file that holds it.',
    ]);
  });
});

describe('a secret', () => {
  it('is shown in no description, wrapped or not, while other settings are', () => {
    const withOptional = z.object({
      ...idKey,
      TOKEN: secret(z.string()).optional(),
      GATEWAY_PORT: port(8080),
    });
    const text = describeConfig(withOptional, readConfig(withOptional, { ID_KEY: keyOne, TOKEN: 'hidden' }));
    expect(text.split('\n')).toEqual(['ID_KEY=[redacted]', 'TOKEN=[redacted]', 'GATEWAY_PORT=8080']);
  });

  it('may not be given twice, and a file that cannot be read is one problem', () => {
    const { ID_KEY: _, ...rest } = local;
    expect(problemsOf({ ...local, ID_KEY_FILE: '/nowhere' })).toEqual([
      'ID_KEY and ID_KEY_FILE are both set: keep one.',
    ]);
    expect(problemsOf({ ...rest, ID_KEY_FILE: '/nowhere/at/all' })).toEqual([
      'ID_KEY_FILE names a file that cannot be read (ENOENT).',
    ]);
  });
});
