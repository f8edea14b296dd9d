import { ConfigError, readConfig } from '@signalbox/runtime';
import { GatewayConfig } from './gateway-config.js';

const needed = { KAFKA_BROKERS: '127.0.0.1:39092', SIGNING_KEYS: 'k'.repeat(32) };

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(GatewayConfig, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the settings of the gateway', () => {
  it('are few: brokers and keys, the rest has the defaults of the local stack', () => {
    expect(readConfig(GatewayConfig, needed)).toMatchObject({
      GATEWAY_PORT: 8080,
      CONTACT_REGISTRY_URL: 'http://127.0.0.1:8081',
      NOTIFICATION_ROUTER_URL: 'http://127.0.0.1:8082',
      LABEL_ACCOUNT: 'account',
      LABEL_ENVIRONMENT: 'environment',
      LABEL_KIND: 'signalbox_kind',
      LABEL_SEVERITY: 'severity',
    });
  });

  it.each([
    [{}, ['KAFKA_BROKERS is missing', 'SIGNING_KEYS is missing']],
    [{ ...needed, CONTACT_REGISTRY_URL: 'registry:8081' }, ['CONTACT_REGISTRY_URL is not valid']],
    [{ ...needed, LABEL_ACCOUNT: '__name__' }, ['LABEL_ACCOUNT is not valid']],
    [{ ...needed, LABEL_KIND: 'two words' }, ['LABEL_KIND is not valid']],
    [{ ...needed, LABEL_SEVERITY: 'account' }, ['LABEL_ACCOUNT is not valid']],
  ])('%j is refused at the start, all of it at once', (env, starts) => {
    const problems = [...problemsOf(env)].sort();
    expect(problems).toHaveLength(starts.length);
    problems.forEach((problem, place) => expect(problem.startsWith(starts[place] ?? '?')).toBe(true));
  });
});
