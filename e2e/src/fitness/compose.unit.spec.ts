import { consumers, queues, topics } from '@signalbox/contracts';
import { apps, enginePorts, otherPorts } from '@signalbox/tools';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { environmentOf, readDockerfile } from './dockerfile.js';
import { appNames, sourcesIn, textOf } from './repository.js';
import { settingsOf, settingsOfAllApps } from './settings-of-apps.js';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly ports?: readonly string[];
  readonly user?: string;
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly healthcheck?: { readonly test: unknown };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly container_name?: string;
  readonly command?: readonly string[];
}

const text = textOf('docker-compose.yml');
const compose = parse(text, { merge: true }) as { services: Readonly<Record<string, Service>> };
const { services } = compose;
const service = (name: string): Service => services[name] ?? {};
const engines = ['kafka', 'mongo', 'redis'] as const;
const startedByName = [...engines, 'mailpit'];

/** Names that docker-compose.yml fills in from .env, with their defaults. */
const filledIn = [...text.matchAll(/\$\{([A-Z_]+)(:-[^}]*)?\}/g)].map(([, name = '', otherwise]) => ({
  name,
  otherwise,
}));

const validate = new Ajv({ strict: false, validateSchema: false, allErrors: true }).compile(
  withoutDialect(JSON.parse(textOf('e2e/src/fitness/compose-spec.json')) as Record<string, unknown>),
);

/** The schema names its dialect by an address that ajv does not know; it is draft 7, which is what ajv reads. */
function withoutDialect({ $schema: _, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return schema;
}

const errorsOf = (document: unknown): unknown => {
  validate(document);
  return validate.errors ?? [];
};

describe('docker-compose.yml', () => {
  it('is a Compose file by the schema of the Compose Specification', () => {
    expect(errorsOf(compose)).toEqual([]);
  });

  it.each([
    ['a key that Compose does not know', { ...service('redis'), helthcheck: {} }],
    ['a list where text belongs', { ...service('redis'), stop_grace_period: ['30s'] }],
    [
      'a condition that does not exist',
      { ...service('redis'), depends_on: { kafka: { condition: 'ready' } } },
    ],
  ])('would be refused with %s', (_, broken) => {
    expect(errorsOf({ ...compose, services: { ...services, redis: broken } })).not.toEqual([]);
  });

  it('takes images by a version, never by what is newest today', () => {
    const images = Object.values(services).flatMap(({ image, build }) => (build ? [] : [image]));
    for (const image of images) expect(image).toMatch(/^[a-z/]+:v?\d+\.\d+/);
    expect(images).toHaveLength(startedByName.length);
  });

  it('can bring up the engines without an .env: everything it fills in has a default', () => {
    expect(filledIn.filter(({ otherwise }) => otherwise === undefined)).toEqual([]);
  });

  it('opens no port to other machines', () => {
    const ports = Object.values(services).flatMap((each) => each.ports ?? []);
    expect(ports).not.toEqual([]);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('waits only for services that it has, in a way that they can answer', () => {
    for (const { depends_on: awaited = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(awaited)) {
        expect(Object.keys(services)).toContain(name);
        const isAnswered =
          condition !== 'service_healthy' ||
          service(name).healthcheck !== undefined ||
          appNames.includes(name);
        expect(isAnswered).toBe(true);
      }
    }
  });
});

describe('the engines of docker-compose.yml', () => {
  it.each(startedByName)('%s comes up without the apps, and again after it has died', (name) => {
    expect(service(name)).toMatchObject({ restart: 'unless-stopped' });
    expect(service(name).profiles).toBeUndefined();
    expect(service(name).healthcheck).toBeDefined();
    // tools/src/engines/docker.ts finds its container by the name that Compose makes.
    expect(service(name).container_name).toBeUndefined();
  });

  it.each(engines)('%s is the version that tools/src/engines/docker.ts says it started', (name) => {
    expect(textOf('tools/src/engines/docker.ts')).toContain(`${name}: '${service(name).image}'`);
  });

  it('stand at the ports of the local stack, moved by the same settings', () => {
    const published = (name: string): string[] =>
      (service(name).ports ?? []).map((port) => port.replace(/^127\.0\.0\.1:/, '').replace(/:[^:}]+$/, ''));
    const moved = ({ setting, port }: { setting: string; port: number }): string => `\${${setting}:-${port}}`;
    expect(published('kafka')).toEqual([moved(enginePorts.kafka)]);
    expect(published('redis')).toEqual([moved(enginePorts.redis)]);
    expect(published('mailpit')).toEqual([moved(otherPorts.mailbox), moved(otherPorts.smtp)]);
    expect(published('gateway')).toEqual([moved(apps.gateway)]);
    const mongo = moved(enginePorts.mongo);
    expect(service('mongo').ports).toEqual([`127.0.0.1:${mongo}:${mongo}`]);
  });

  it('send each client back to where it came from: Kafka to its two doors, MongoDB to one port everywhere', () => {
    expect(service('kafka').environment).toMatchObject({
      KAFKA_ADVERTISED_LISTENERS: 'INSIDE://kafka:9092,OUTSIDE://127.0.0.1:${KAFKA_PORT:-39092}',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    });
    expect(service('mongo').command).toContain('--port=${MONGO_PORT:-37017}');
  });

  it('keep what is queued: Redis evicts nothing and writes its file', () => {
    expect(service('redis').command?.join(' ')).toContain('--appendonly yes --maxmemory-policy noeviction');
  });
});

describe.each(appNames)('the app %s in docker-compose.yml', (app) => {
  const given = Object.keys(service(app).environment ?? {});

  it('is a service, built from a target of deploy/Dockerfile', () => {
    expect(service(app).build).toEqual({ context: '.', dockerfile: 'deploy/Dockerfile', target: app });
    expect([...readDockerfile().keys()]).toContain(app);
  });

  it('is started again when it dies, and has time to drain when it is stopped', () => {
    expect(service(app)).toMatchObject({
      restart: 'unless-stopped',
      stop_grace_period: '30s',
      profiles: ['apps'],
    });
  });

  it('is not given back the rights of root that its image took away', () => {
    expect(service(app).user).toBeUndefined();
    expect(service(app)).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });

  it('is given every setting of its schema, and none that it does not know', () => {
    // Compose's broker has neither passwords nor TLS.
    const left = [...settingsOf('gateway')].filter((name) => /^KAFKA_(SASL_|TLS$)/.test(name));
    const image = Object.keys(environmentOf(app));
    const wanted = [...settingsOf(app)].filter((name) => !left.includes(name) && !image.includes(name));
    expect(given.filter((name) => !image.includes(name)).sort()).toEqual(wanted.sort());
  });
});

describe('the tables of libs/contracts in docker-compose.yml', () => {
  const consumedIn = (pattern: RegExp): string[] =>
    appNames.filter((app) => sourcesIn(`apps/${app}/src`).some((file) => pattern.test(textOf(file))));

  it('have a service for the consumer of every topic', () => {
    const used = new Set(Object.values(topics).flatMap(({ consumer }) => consumer ?? []));
    expect([...used].sort()).toEqual(Object.keys(consumers).sort());
    for (const consumer of used) {
      const takers = consumedIn(new RegExp(`@EventPattern\\(topicsOf\\('${consumer}'\\)`));
      expect(takers).toEqual([consumers[consumer].process]);
      for (const taker of takers) expect(service(taker).environment).toHaveProperty('KAFKA_BROKERS');
    }
  });

  it('have a service for every queue', () => {
    // createDeliveryWorkers refuses handlers that are not those of the whole table.
    const takers = consumedIn(/createDeliveryWorkers\(/);
    expect(Object.keys(queues)).not.toEqual([]);
    expect(takers).toEqual(['email-worker']);
    for (const taker of takers) expect(service(taker).environment).toHaveProperty('REDIS_URL');
  });

  it('have their topics made before any app starts that uses Kafka', () => {
    expect(service('create-topics').build?.target).toBe('tools');
    for (const app of appNames.filter((name) => settingsOf(name).has('KAFKA_BROKERS'))) {
      expect(service(app).depends_on).toMatchObject({
        'create-topics': { condition: 'service_completed_successfully' },
      });
    }
  });
});

describe('.env.example', () => {
  const lines = textOf('.env.example').split('\n');
  const isSetting = (line: string): boolean => /^(# )?[A-Z][A-Z0-9_]+=/.test(line);
  const listed = lines.filter(isSetting).map((line) => line.replace(/^# /, '').split('=', 1)[0] ?? '');

  it('lists every setting of every app, and all that docker-compose.yml fills in', () => {
    const all = new Set([...settingsOfAllApps(), ...filledIn.map(({ name }) => name)]);
    expect([...listed].sort()).toEqual([...all].sort());
  });

  it('says of each setting in a sentence what it is for', () => {
    for (const [place, line] of lines.entries()) {
      if (isSetting(line)) expect(lines[place - 1]).toMatch(/^# .*\.$/);
    }
  });

  it('holds no secret that anybody could use by mistake', () => {
    expect(
      lines.filter((line) => /^(SIGNING_KEYS|ENCRYPTION_KEYS|ID_KEY|KAFKA_SASL_PASSWORD)=/.test(line)),
    ).toEqual([]);
  });
});
