import { setTimeout as wait } from 'node:timers/promises';
import { topicNames, type ContactInformation, type Principal } from '@signalbox/contracts';
import { mintPrincipalToken } from '@signalbox/runtime';
import { eventually } from '@signalbox/testing';
import { readTopic } from '../support/read-topic.js';
import { useSignalbox, type Signalbox } from '../support/signalbox.js';

const account = 'bistro-uno';
const path = `/v1/accounts/${account}/contact-information`;
const writers = 50;
/** Longer than a registry's turn at publishing, which is 5 s on the database's clock. */
const pauseMs = 8_000;
/** A writer asks the other registry when one does not answer within this time. */
const patienceMs = 2_000;

describe('many writers, one truth', () => {
  const signalbox = useSignalbox({ replicas: { 'contact-registry': 2 } });
  const registries = () =>
    ['contact-registry', 'contact-registry-2'].map((name) => signalbox().stack.process(name));

  it('two writers with one ETag: one 200, one 412, and nothing of the other in what is stored', async () => {
    const { etag, information } = await signalbox().contactInformation(account);
    const { version: _version, ...fields } = information;
    const wanted = ['one', 'other'].map((name) => ({
      ...fields,
      technicalEmergency: { addresses: [{ email: `${name}@bistro-uno.example` }] },
      operationalInternal: { addresses: [{ email: `${name}@bistro-uno.example` }] },
    }));
    const answers = await Promise.all(
      wanted.map((body, place) =>
        save(signalbox(), registries()[place]?.url ?? '', 'PUT', body, etag, 'spec'),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const won = wanted[answers.findIndex(({ status }) => status === 200)];
    const { information: stored } = await signalbox().contactInformation(account);
    expect(stored).toEqual({ ...won, version: information.version + 1 });
  });

  it(`${writers} writers and a registry that is stopped beyond its turn: every version once, the topic rises to the newest`, async () => {
    const { information: before } = await signalbox().contactInformation(account);
    const [steady, sleepy] = registries();
    const urls = registries().map(({ url }) => url);
    const done = Array.from({ length: writers }, (_, number) => writeOnce(signalbox(), urls, number));
    await eventually(async () => (await historyOf(signalbox())).length > 3, { what: 'writing under way' });
    sleepy?.pause();
    await wait(pauseMs);
    sleepy?.resume();
    await Promise.all(done);
    expect(steady?.pid).toBeDefined();

    const history = (await historyOf(signalbox())).filter(({ version }) => version > before.version);
    expect(history.map(({ version }) => version).reverse()).toEqual(
      Array.from({ length: writers }, (_, number) => before.version + 1 + number),
    );
    expect(new Set(history.map(({ by }) => by)).size).toBe(writers);

    const { information: newest } = await signalbox().contactInformation(account);
    expect(newest.version).toBe(before.version + writers);
    const records = await eventually(
      async () => {
        const read = await recordsOf(signalbox());
        return read.at(-1)?.version === newest.version && read;
      },
      { withinMs: 30_000, everyMs: 500, what: 'the newest version as the last record' },
    );
    const versions = withoutTheStop(records.map(({ version }) => version));
    expect(versions).toEqual([...new Set(versions)].sort((one, other) => one - other));
    expect(records.at(-1)?.contacts.technicalEmergency).toEqual(newest.technicalEmergency?.addresses);
  }, 180_000);
});

/**
 * What one stop may add to the topic (publish-account.ts says why it does no harm): the record that was in the stopped
 * registry's hands, older than the one before it or the same again, and the newest at that time once more, because that
 * registry finds its turn lost when it wakes.
 */
function withoutTheStop(versions: readonly number[]): readonly number[] {
  const late = versions.findIndex((version, place) => place > 0 && version <= (versions[place - 1] ?? 0));
  if (late < 0) return versions;
  const others = versions.filter((_, place) => place !== late);
  const again = others.findIndex((version, place) => place > 0 && version === others[place - 1]);
  return others.filter((_, place) => place !== again);
}

interface Snapshot {
  readonly account: string;
  readonly version: number;
  readonly contacts: { readonly technicalEmergency: readonly { readonly email: string }[] };
}

async function save(
  signalbox: Signalbox,
  registry: string,
  method: 'PUT' | 'PATCH',
  body: ContactInformation,
  etag: string,
  writer: string,
): Promise<{ status: number }> {
  const principal: Principal = { kind: 'api-key', id: writer, name: writer, scopes: ['operator'] };
  const current = signalbox.stack.environment['SIGNING_KEYS'] ?? '';
  const response = await fetch(registry + path, {
    method,
    headers: {
      authorization: `Bearer ${await mintPrincipalToken({ current }, principal)}`,
      'content-type': 'application/json',
      'if-match': etag,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  });
  await response.arrayBuffer();
  return { status: response.status };
}

/** As a careful client does: reads, writes with the ETag, and when it was stale or nobody answered looks before trying again. */
async function writeOnce(signalbox: Signalbox, registries: readonly string[], number: number): Promise<void> {
  const writer = `writer-${number}`;
  for (let tries = 0; ; tries += 1) {
    const { etag } = await eventually(() => signalbox.contactInformation(account), { withinMs: 60_000 });
    if (tries > 0 && (await historyOf(signalbox)).some(({ by }) => by.includes(`${writer} `))) return;
    const registry = registries[(number + tries) % registries.length] ?? '';
    const body = { technicalEmergency: { addresses: [{ email: `${writer}@bistro-uno.example` }] } };
    const answer = await save(signalbox, registry, 'PATCH', body, etag, writer).catch(() => undefined);
    if (answer?.status === 200) return;
    expect([412, undefined]).toContain(answer?.status);
  }
}

async function historyOf(signalbox: Signalbox): Promise<readonly { version: number; by: string }[]> {
  const { body } = await signalbox.operator.call<{ items: { version: number; by: string }[] }>(
    'GET',
    `${path}/history?limit=200`,
    { expect: [200] },
  );
  return body.items;
}

/** Every record of the account in the contact topic, in the order of the topic. */
async function recordsOf({ stack }: Signalbox): Promise<Snapshot[]> {
  const records = await readTopic(stack.engines.kafka.address, topicNames.contactUpdates);
  return records.filter(({ key }) => key === account).map(({ value }) => JSON.parse(value) as Snapshot);
}
