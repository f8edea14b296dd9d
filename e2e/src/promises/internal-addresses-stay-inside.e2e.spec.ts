import { appendFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { eventKinds, routes, topicNames, type Principal, type Route } from '@signalbox/contracts';
import { mintPrincipalToken } from '@signalbox/runtime';
import { eventually } from '@signalbox/testing';
import { appNames } from '@signalbox/tools';
import { produceTo } from '../support/read-topic.js';
import {
  logsSeen,
  mailsSeen,
  pagesSeen,
  placesOf,
  redisSeen,
  topicsSeen,
  type Seen,
} from '../support/surfaces.js';
import { token, useSignalbox } from '../support/signalbox.js';

/** Every internal place of an account's contacts, each with a mark of its own that stands nowhere else in the world. */
const marks = {
  alertContacts: token(),
  technicalEmergency: token(),
  technicalNonEmergency: token(),
  merchantIssues: token(),
  operationalInternal: token(),
  owner: token(),
  otherUser: token(),
} as const;
type Marked = keyof typeof marks;
const all = Object.values(marks);
const addressOf = (name: Marked): string => `${marks[name]}@taint.example`;
const one = (name: Marked) => ({ addresses: [{ email: addressOf(name) }] });

const account = `taint-${token()}`;
const path = `/v1/accounts/${account}`;
const ids = eventKinds.map((kind) => `${account}-${kind}`);
/** Whose mark each mail may hold beside none: the reader's own address stands in its To. */
const ownMark = (to: string): string | undefined => all.find((mark) => to.startsWith(mark));

describe('internal addresses stay inside', () => {
  const signalbox = useSignalbox();
  let user = '';

  beforeAll(async () => {
    const { operator } = signalbox();
    await operator.call('POST', '/v1/accounts', {
      body: { id: account, name: 'Taint', integrationType: 'reservations', owner: addressOf('owner') },
      expect: [201],
    });
    const add = async (name: Marked): Promise<string> => {
      const body = { email: addressOf(name), role: 'admin' };
      const answer = await operator.call<{ user: { id: string } }>('POST', `${path}/users`, {
        body,
        expect: [201],
      });
      return answer.body.user.id;
    };
    user = await add('alertContacts');
    await add('otherUser');
    await operator.call('PUT', `${path}/contact-information`, {
      ifMatch: '*',
      body: {
        alertContacts: { userIds: [user] },
        technicalEmergency: one('technicalEmergency'),
        technicalNonEmergency: one('technicalNonEmergency'),
        merchantIssues: one('merchantIssues'),
        operationalInternal: one('operationalInternal'),
        operationalShared: { email: 'help@taint.example', isBrandSupportAlias: true },
        operationalSupport: {
          hours: [{ days: ['mon'], opens: '00:00', closes: '24:00', timeZone: 'Europe/Madrid' }],
        },
      },
      expect: [200],
    });
    await operator.call('POST', `${path}/launch`, { expect: [200] });
    // What is wrong with a save is said of the places, and a save that is refused is said in no log.
    await operator.call('PUT', `${path}/contact-information`, {
      ifMatch: '*',
      body: { technicalEmergency: { addresses: [{ email: `${addressOf('technicalEmergency')} twice` }] } },
      expect: [422],
    });
    for (const kind of eventKinds) {
      await signalbox().post({ kind, account, id: `${account}-${kind}`, title: `${account} ${kind}` });
    }
    await signalbox().mailsArrived(account, eventKinds.length);
    await signalbox().settled();
  }, 300_000);

  it('in the answers of every route to everybody else', async () => {
    const seen = await answersToOthers(signalbox(), user);
    expect(seen.length).toBeGreaterThan(routes.length * 4);
    expect(placesOf(all, seen)).toEqual([]);
    // A name is for support to see: what is planted there is found.
    const planted = token();
    await signalbox().operator.call('PATCH', path, { body: { name: `Taint ${planted}` }, expect: [200] });
    const again = await answersToOthers(signalbox(), user);
    expect(placesOf([planted], again)).toContain(`${planted} in GET /v1/accounts to support key`);
  }, 120_000);

  it('in every mail but in its own To', async () => {
    const strangers = (mails: readonly (Seen & { to: string })[], wanted: readonly string[]): string[] =>
      mails.flatMap((mail) =>
        placesOf(
          wanted.filter((mark) => mark !== ownMark(mail.to)),
          [mail],
        ),
      );
    const mails = await mailsSeen(signalbox());
    expect(all.filter((mark) => mails.some(({ to }) => to.startsWith(mark))).length).toBeGreaterThan(4);
    expect(strangers(mails, all)).toEqual([]);

    const planted = token();
    await signalbox().post({ kind: 'emergency', account, title: `${account} ${planted}`, summary: planted });
    await signalbox().mailsArrived(planted, 1);
    expect(strangers(await mailsSeen(signalbox()), [planted])).toEqual([
      `${planted} in a mail to ${addressOf('technicalEmergency')}`,
    ]);
    await signalbox().settled();
  });

  it('in every topic but that of the contacts', async () => {
    expect(placesOf(all, await topicsSeen(signalbox()))).toEqual([]);
    const planted = token();
    await produceTo(signalbox().stack.engines.kafka.address, topicNames.deadLetters, { value: planted });
    expect(placesOf([planted], await topicsSeen(signalbox()))).toEqual([
      `${planted} in the topic ${topicNames.deadLetters}`,
    ]);
  });

  it('in every key and job of Redis', async () => {
    await signalbox().post({ kind: 'migration-notice', account, title: `${account} once more` });
    expect(placesOf(all, await redisSeen(signalbox()))).toEqual([]);
    const planted = token();
    const redis = new Redis(signalbox().stack.engines.redis.address);
    await redis.hset('spec:planted', { data: planted });
    expect(placesOf([planted], await redisSeen(signalbox()))).toEqual([
      `${planted} in the Redis key spec:planted`,
    ]);
    await redis.del('spec:planted');
    redis.disconnect();
    await signalbox().settled();
  });

  it('in the logs of all processes', async () => {
    const names = (await logsSeen(signalbox())).map(({ where }) => where);
    for (const app of appNames) expect(names).toContain(`the log ${app}.log`);
    expect(placesOf(all, await ourLogsSeen(signalbox()))).toEqual([]);
    const planted = token();
    await appendFile(join(signalbox().stack.dir, 'logs', 'gateway.log'), `${planted}\n`);
    expect(placesOf([planted], await ourLogsSeen(signalbox()))).toEqual([
      `${planted} in the log gateway.log`,
    ]);
  });

  it('in metrics, documents and pages', async () => {
    const { gateway } = signalbox().stack;
    const urls = [
      ...appNames.map((app) => `${signalbox().stack.process(app).url}/metrics`),
      ...['/', '/openapi.json', '/asyncapi.json', '/docs', '/health/ready'].map((page) => gateway + page),
    ];
    expect(placesOf(all, await pagesSeen(urls))).toEqual([]);
    const planted = token();
    const server = createServer((_, response) => response.end(`signalbox_x{y="${planted}"} 1`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
    expect(placesOf([planted], await pagesSeen([...urls, url]))).toEqual([`${planted} in the page /metrics`]);
    server.close();
  });
});

/**
 * The mailbox stands for the mail servers outside, which must know whom a mail is for; what an engine writes about a slow
 * command is the engine's, and docs/operations.md says so.
 */
const notOurs = ['mailbox', 'kafka', 'mongo', 'redis'].map((name) => `the log ${name}.log`);
const ourLogsSeen = async (signalbox: Parameters<typeof logsSeen>[0]): Promise<Seen[]> =>
  (await logsSeen(signalbox)).filter(({ where }) => !notOurs.includes(where));

const open = { sandbox: [], production: [] };
/** Everybody who is not of this account, and whose answers must therefore know nothing of its insides. */
const others: readonly { readonly name: string; readonly principal?: Principal }[] = [
  { name: 'nobody' },
  { name: 'sender key' },
  { name: 'support key' },
  { name: 'staff support', principal: { kind: 'staff', id: 's1', name: 'Sam', role: 'support' } },
  {
    name: 'admin of another account',
    principal: {
      kind: 'portal-user',
      id: 'p1',
      memberships: [{ account: 'acme-tours', user: 'u1', role: 'admin', missing: open }],
    },
  },
];

async function answersToOthers(
  signalbox: ReturnType<ReturnType<typeof useSignalbox>>,
  user: string,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const route of routes as readonly Route[]) {
    for (const other of others) {
      for (const url of urlsOf(route, user)) {
        const where = `${route.method} ${route.path} to ${other.name}`;
        seen.push({ where, text: await ask(signalbox, route, url, other) });
      }
    }
  }
  return seen;
}

/** The route's addresses, as somebody would ask who knows every id of the account. */
function urlsOf({ path: template }: Route, user: string): string[] {
  const filled = template.replace(':account', account).replace(':user', user);
  const events = filled.includes(':id') ? ids.map((id) => filled.replace(':id', id)) : [filled];
  return events.map((url) => url.replaceAll(/:(\w+)/g, 'x'));
}

async function ask(
  { stack }: ReturnType<ReturnType<typeof useSignalbox>>,
  route: Route,
  url: string,
  { name, principal }: (typeof others)[number],
): Promise<string> {
  const keys: Record<string, string> = { 'sender key': stack.keys.sender, 'support key': stack.keys.support };
  const current = stack.environment['SIGNING_KEYS'] ?? '';
  // Who signs in is said to the services by the gateway's token; its keys are taken through the gateway itself.
  const isDirect = principal !== undefined && route.servedBy !== 'gateway';
  const bearer = isDirect ? await mintPrincipalToken({ current }, principal) : keys[name];
  const base = isDirect ? stack.process(route.servedBy).url : stack.gateway;
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  const body = {
    kind: 'emergency',
    account,
    environment: 'production',
    title: 'x',
    email: 'x@taint.example',
  };
  const response = await eventually(() =>
    fetch(base + url, {
      method: route.method,
      headers: {
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...(hasBody && { 'content-type': 'application/json', 'if-match': '*' }),
      },
      ...(hasBody && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    }),
  );
  return `${JSON.stringify([...response.headers])} ${await response.text()}`;
}
