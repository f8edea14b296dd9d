import { createAddressEraser } from '@signalbox/persistence';
import { signedToken, type ProblemError } from '@signalbox/runtime';
import { anAccountSnapshot } from '@signalbox/testing';
import { AcknowledgeEmergency } from './acknowledge-emergency.js';
import { AdvanceDue } from './advance-due.js';
import {
  anAccount,
  aRouter,
  claim,
  clock,
  deliveriesOf,
  dispatchOf,
  idOf,
  log,
  openStore,
  received,
  type Store,
} from './real-store.spec.js';

const keys = { current: 'k'.repeat(32) };
const quarterMs = 15 * 60_000;

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.end());

/** An emergency that was told to an alias and to one person, and accepted, a quarter of an hour ago. */
async function accepted(data: { readonly kind?: 'emergency' | 'user-escalation' } = {}) {
  const { account } = await anAccount(store, (id, version) =>
    anAccountSnapshot({
      account: id,
      version,
      contacts: {
        technicalEmergency: [{ email: 'page@acme.example' }, { email: 'ana.souza@acme.example' }],
        technicalNonEmergency: [{ email: 'dev@acme.example' }],
      },
    }),
  );
  const one = received({ account, ...data });
  const then = { now: () => new Date(clock.now().getTime() - quarterMs) };
  await aRouter(store, { clock: then }).route.execute([one]);
  const id = idOf(one);
  for (const delivery of await deliveriesOf(store, id)) await (await claim(store, delivery)).settle('sent');
  const tokenOf = async (address: string): Promise<string> => {
    const found = (await deliveriesOf(store, id)).find((each) => each.address === address);
    if (!found) throw new Error(`no delivery to ${address}`);
    return signedToken(keys, 'acknowledge', found._id);
  };
  return { id, tokenOf, dispatch: () => dispatchOf(store, id) };
}

const acknowledging = () =>
  new AcknowledgeEmergency({
    dispatches: store.dispatches,
    advance: aRouter(store).advance,
    keys,
    clock,
    log,
  });

it('the first press is recorded, and nobody more is told', async () => {
  const emergency = await accepted();
  const answer = await acknowledging().execute(
    await emergency.tokenOf('page@acme.example'),
    'Bia of the night shift',
  );
  expect(answer).toMatchObject({ isFirst: true, acknowledged: { by: 'Bia of the night shift' } });
  const { advance } = aRouter(store);
  await new AdvanceDue({ dispatches: store.dispatches, advance, log }).execute();
  expect(await emergency.dispatch()).toMatchObject({
    acknowledgement: { by: 'Bia of the night shift' },
    open: false,
    dueAt: null,
    state: 'delivered',
  });
  expect((await emergency.dispatch()).rounds).toHaveLength(1);
});

it('a second press says who was first, and changes nothing', async () => {
  const emergency = await accepted();
  await acknowledging().execute(await emergency.tokenOf('ana.souza@acme.example'), undefined);
  const before = await emergency.dispatch();
  const again = await acknowledging().execute(await emergency.tokenOf('page@acme.example'), undefined);
  expect(again).toMatchObject({ isFirst: false, acknowledged: { by: 'ana.souza@acme.example' } });
  expect(await emergency.dispatch()).toEqual(before);
});

it('of two at once one is the first, and both are told the same name', async () => {
  const emergency = await accepted();
  const token = await emergency.tokenOf('page@acme.example');
  const answers = await Promise.all(['Bia', 'Caio'].map((name) => acknowledging().execute(token, name)));
  expect(answers.map(({ isFirst }) => isFirst).sort()).toEqual([false, true]);
  expect(new Set(answers.map(({ acknowledged }) => acknowledged.by)).size).toBe(1);
});

it('looking at the page changes nothing', async () => {
  const emergency = await accepted();
  const before = await emergency.dispatch();
  const page = await acknowledging().page(await emergency.tokenOf('page@acme.example'));
  expect(page).toMatchObject({ isNameNeeded: true, acknowledged: null, environment: 'production' });
  expect(await emergency.dispatch()).toEqual(before);
});

it('who is behind an alias says who they are', async () => {
  const emergency = await accepted();
  await expect(
    acknowledging().execute(await emergency.tokenOf('page@acme.example'), undefined),
  ).rejects.toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/name', code: 'required' }] });
  expect((await emergency.dispatch()).acknowledgement).toBeNull();
});

it.each([
  ['that nobody signed', () => Promise.resolve('d1.'.padEnd(46, 'A'))],
  [
    'of a delivery that is not there',
    () => Promise.resolve(signedToken(keys, 'acknowledge', 'f'.repeat(32))),
  ],
  [
    'signed with another key',
    async () => {
      const token = await (await accepted()).tokenOf('page@acme.example');
      return signedToken({ current: 'x'.repeat(32) }, 'acknowledge', token.split('.')[0] ?? '');
    },
  ],
  [
    'of what is no emergency',
    async () => (await accepted({ kind: 'user-escalation' })).tokenOf('ops@acme-tours.example'),
  ],
])('a link %s is not known', async (_, tokenOf) => {
  const token = await tokenOf();
  const refused = expect.objectContaining({ code: 'acknowledgement-link-unknown' }) as ProblemError;
  await expect(acknowledging().page(token)).rejects.toEqual(refused);
  await expect(acknowledging().execute(token, 'Bia')).rejects.toEqual(refused);
});

it('who is erased later takes the name along that they gave', async () => {
  const emergency = await accepted();
  await acknowledging().execute(await emergency.tokenOf('page@acme.example'), 'Bia');
  const eraser = createAddressEraser(store.connection);
  await eraser.mask('page@acme.example', 'masked@erased.invalid', null);
  expect((await emergency.dispatch()).acknowledgement).toMatchObject({ by: null });
});

it('a link of an emergency of more than a week ago has run out', async () => {
  const emergency = await accepted();
  const token = await emergency.tokenOf('page@acme.example');
  const { dispatches } = store;
  const nextWeek = { now: () => new Date(clock.now().getTime() + 7 * 24 * 60 * 60_000) };
  const { advance } = aRouter(store);
  const late = new AcknowledgeEmergency({ dispatches, advance, keys, clock: nextWeek, log });
  await expect(late.execute(token, 'Bia')).rejects.toMatchObject({ code: 'acknowledgement-link-expired' });
});

it('what somebody said stays said when the dispatch cannot be advanced at once', async () => {
  const emergency = await accepted();
  const { dispatches } = store;
  const advance = { execute: () => Promise.reject(new Error('away')) };
  const saying = new AcknowledgeEmergency({ dispatches, advance, keys, clock, log });
  const answer = await saying.execute(await emergency.tokenOf('page@acme.example'), 'Bia');
  expect(answer).toMatchObject({ isFirst: true });
  await new AdvanceDue({ dispatches, advance: aRouter(store).advance, log }).execute();
  expect(await emergency.dispatch()).toMatchObject({ open: false, dueAt: null });
});

it('why others were told stays to be read when somebody says that they are on it', async () => {
  const emergency = await accepted();
  await new AdvanceDue({ dispatches: store.dispatches, advance: aRouter(store).advance, log }).execute();
  const passedOver = [{ step: 'technicalEmergency', reason: 'not-acknowledged' }];
  expect(await emergency.dispatch()).toMatchObject({ passedOver });
  await acknowledging().execute(await emergency.tokenOf('dev@acme.example'), 'Caio');
  expect(await emergency.dispatch()).toMatchObject({ passedOver, acknowledgement: { by: 'Caio' } });
});

it('whose address was erased can say nothing with their old link', async () => {
  const emergency = await accepted();
  const token = await emergency.tokenOf('page@acme.example');
  await createAddressEraser(store.connection).mask('page@acme.example', 'masked@erased.invalid', null);
  await expect(acknowledging().execute(token, 'Bia')).rejects.toMatchObject({
    code: 'acknowledgement-link-unknown',
  });
});
