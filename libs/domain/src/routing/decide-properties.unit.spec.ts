import fc from 'fast-check';
import { environments, eventKinds, integrationTypes, type AccountSnapshot } from '@signalbox/contracts';
import { anAccountSnapshot, anEvent } from '@signalbox/testing';
import { decide } from './decide.js';
import type { DeliverySoFar, Facts } from './facts.js';

const now = new Date('2026-11-23T09:30:00Z');
const operators = 'operators@platform.example';
const addresses = ['a', 'b', 'c', 'd'].map((name) => `${name}@partner.example`);
const some = fc.uniqueArray(
  fc.constantFrom(...addresses).map((email) => ({ email })),
  {
    maxLength: 3,
    selector: ({ email }) => email,
  },
);
const anyAccount: fc.Arbitrary<AccountSnapshot> = fc
  .record({
    integrationType: fc.constantFrom(...integrationTypes),
    owner: fc.constantFrom(null, 'owner@platform.example'),
    alertContacts: some.map((list) => list.map(({ email }) => ({ userId: email, email, language: 'en' }))),
    technicalEmergency: some,
    technicalNonEmergency: some,
    merchantIssues: some,
    operationalInternal: some,
  })
  .map(({ integrationType, owner, ...contacts }) => anAccountSnapshot({ integrationType, owner, contacts }));
const anyEvent = fc
  .record({ kind: fc.constantFrom(...eventKinds), environment: fc.constantFrom(...environments) })
  .map(({ kind, environment }) => anEvent({ kind, data: { environment, title: 'x' } }));

/** What the mail server says of each address, for good. */
const anyFate = fc.func(fc.constantFrom('sent' as const, 'refused' as const));

const factsOf = (account: AccountSnapshot | null, soFar: readonly DeliverySoFar[]): Facts => ({
  account,
  contactsMayBeStale: false,
  operatorsMailbox: operators,
  soFar,
  acknowledged: false,
  resolved: false,
  gathersUnroutable: false,
});
const born = (decision: ReturnType<typeof decide>, toldAt = now): DeliverySoFar[] =>
  decision.tell.map(({ address, step, reinstated, suppressed }) => ({
    address,
    step,
    reinstated,
    state: suppressed ? 'suppressed' : 'pending',
    bounced: false,
    toldAt,
  }));

/** What becomes of an address: accepted or refused for good, or tried until the end of time. */
const anySlowFate = fc.func(fc.constantFrom('sent' as const, 'refused' as const, 'pending' as const));

describe('for every event and account', () => {
  it('time alone leads on, to an accepted mail that is acknowledged or to the operators, and nobody is told twice', () => {
    fc.assert(
      fc.property(
        anyEvent,
        anyAccount,
        fc.constantFrom(0, 15),
        anySlowFate,
        fc.boolean(),
        (event, anyone, acknowledgeWithinMinutes, fate, twoAdvancers) => {
          const account = { ...anyone, acknowledgeWithinMinutes };
          let soFar: DeliverySoFar[] = [];
          let at = now;
          let rounds = 0;
          for (let tries = 0; tries < 20; tries++) {
            const decision = decide(event, factsOf(account, soFar), at);
            // The other advancer read the same, lost the race for the revision, and decides the same.
            if (twoAdvancers) expect(decide(event, factsOf(account, soFar), at)).toEqual(decision);
            if (decision.state === 'suppressed') return;
            if (decision.tell.length > 0) rounds++;
            soFar = [...soFar, ...born(decision, at)].map((delivery) => ({
              ...delivery,
              state: fate(delivery.address),
            }));
            const next = decide(event, factsOf(account, soFar), at);
            if (next.tell.length > 0) continue;
            if (next.dueAt === null) break;
            expect(next.dueAt.getTime()).toBeGreaterThan(at.getTime());
            at = next.dueAt;
          }
          expect(rounds).toBeLessThanOrEqual(5);
          expect(new Set(soFar.map(({ address }) => address)).size).toBe(soFar.length);
          const isAnswered = acknowledgeWithinMinutes === 0 || event.kind !== 'emergency';
          const isAccepted = soFar.some(({ state }) => state === 'sent');
          expect((isAnswered && isAccepted) || soFar.some(({ step }) => step === 'operators')).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('the chain ends in an accepted mail or with the operators, in at most as many rounds as steps', () => {
    fc.assert(
      fc.property(anyEvent, fc.option(anyAccount), anyFate, (event, account, fate) => {
        let soFar: DeliverySoFar[] = [];
        let rounds = 0;
        for (;;) {
          const decision = decide(event, factsOf(account, soFar), now);
          if (decision.state === 'suppressed') return;
          if (decision.tell.length === 0) break;
          rounds++;
          soFar = [...soFar, ...born(decision)].map((delivery) => ({
            ...delivery,
            state: fate(delivery.address),
          }));
        }
        expect(rounds).toBeLessThanOrEqual(5);
        expect(
          soFar.some(({ state }) => state === 'sent') || soFar.some(({ address }) => address === operators),
        ).toBe(true);
        expect(new Set(soFar.map(({ address }) => address)).size).toBe(soFar.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('the same question gets the same answer, and asking again after acting on it adds nothing', () => {
    fc.assert(
      fc.property(anyEvent, fc.option(anyAccount), (event, account) => {
        const first = decide(event, factsOf(account, []), now);
        expect(decide(event, factsOf(account, []), now)).toEqual(first);
        expect(decide(event, factsOf(account, born(first)), now).tell).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('nobody outside of the account, its owner and the operators is ever named, and never the shared address', () => {
    fc.assert(
      fc.property(anyEvent, anyAccount, (event, account) => {
        const allowed = new Set([...addresses, 'owner@platform.example', operators]);
        for (const { address } of decide(event, factsOf(account, []), now).tell) {
          expect(allowed).toContain(address);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('after contacts moved twice nobody has two open deliveries, and every open one is a contact of today', () => {
    fc.assert(
      fc.property(anyEvent, fc.array(anyAccount, { minLength: 2, maxLength: 5 }), (event, accounts) => {
        let soFar: DeliverySoFar[] = [];
        for (const account of accounts) {
          const decision = decide(event, factsOf(account, soFar), now);
          const left = new Set(decision.withdraw);
          soFar = [
            ...soFar.map((delivery) =>
              delivery.state === 'pending' && left.has(delivery.address)
                ? { ...delivery, state: 'superseded' as const }
                : delivery,
            ),
            ...born(decision),
          ];
          const open = soFar.filter(({ state }) => state === 'pending').map(({ address }) => address);
          expect(new Set(open).size).toBe(open.length);
          if (decision.state === 'delivering') expect(open.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
