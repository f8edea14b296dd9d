import { Problem } from '@signalbox/contracts';
import { countDispatches } from './real-store.spec.js';
import { useRouterOverHttp } from './router-over-http.spec.js';

const router = useRouterOverHttp();
const event = { kind: 'emergency', account: 'acme-tours', environment: 'production', title: 't' };
const preview = (call: { body?: unknown; text?: string; contentType?: string }) =>
  router().call('POST', '/v1/preview', call);

describe('a preview of hostile input', () => {
  afterEach(async () => expect(await countDispatches(router().store)).toBe(0));

  describe.each(['kind', 'account', 'environment', 'title', 'summary', 'severity', 'id', 'source', 'time'])(
    'in %s',
    (field) => {
      it.each([
        ['an operator of the database', { $gt: '' }],
        ['a list for a text', ['x']],
        ['a number for a text', 7],
        ['900 KiB', 'x'.repeat(900 * 1024)],
      ])('%s is refused there', async (_, value) => {
        const { status, json } = await preview({ body: { ...event, [field]: value } });
        const { errors = [] } = Problem.parse(json);
        expect({ status, pointers: errors.map(({ pointer }) => pointer) }).toEqual({
          status: 400,
          pointers: expect.arrayContaining([`/${field}`]) as string[],
        });
      });
    },
  );

  it.each(['account', 'title', 'id', 'source'])(
    'half of a surrogate pair is refused in %s',
    async (field) => {
      const { json } = await preview({ body: { ...event, [field]: 'a\ud800b' } });
      expect(Problem.parse(json).errors).toMatchObject([{ pointer: `/${field}` }]);
    },
  );

  it('that is well formed and looks like the language of the database is a text like any other', async () => {
    const { status, json } = await preview({ body: { ...event, account: '$account', title: '{"$gt":""}' } });
    expect([status, json]).toMatchObject([200, { account: '$account' }]);
  });

  it.each([
    ['nested without end', '['.repeat(10_000) + ']'.repeat(10_000), 'invalid-request'],
    ['of keys that every object has', '{"constructor":{"prototype":{"polluted":1}}}', 'invalid-request'],
    ['of a prototype', '{"__proto__":{"polluted":1,"kind":"emergency","title":"t"}}', 'invalid-request'],
    ['that is no JSON', '{"kind":', 'malformed-json'],
    ['that is too large', JSON.stringify({ ...event, title: 'x'.repeat(1024 * 1024) }), 'body-too-large'],
  ])('a body %s is refused', async (_, text, code) => {
    expect(Problem.parse((await preview({ text })).json).code).toBe(code);
    expect('polluted' in {}).toBe(false);
  });

  it('of another type than JSON is not taken', async () => {
    const answer = await preview({
      text: 'kind=emergency',
      contentType: 'application/x-www-form-urlencoded',
    });
    expect(answer).toMatchObject({ status: 415, json: { code: 'unsupported-media-type' } });
  });
});

describe('the queries of events', () => {
  it.each([
    '/v1/events?limit=1&limit=2',
    '/v1/events?account=a&account=b',
    '/v1/events?environment=sandbox&environment=production',
    '/v1/events/e-1?source=a&source=b',
    '/v1/events?cursor=%7B%22%24gt%22%3A%22%22%7D',
  ])('%s is refused', async (path) => {
    expect((await router().call('GET', path)).status).toBe(400);
  });

  it.each(['%7B%22%24gt%22%3A%22%22%7D', '__proto__', 'x%00', '..%5c..%5cledger'])(
    'an event called %s is not there',
    async (id) => {
      expect((await router().call('GET', `/v1/events/${id}`)).status).toBe(404);
    },
  );
});
