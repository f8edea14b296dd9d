import { setImmediate as turn } from 'node:timers/promises';
import { keepClaims, type ClaimKeeper } from './keep-claims.js';

// In ES modules jest is no global.
const { jest } = import.meta;
let time = 0;
let answer: (held: ReadonlySet<string>) => void = () => undefined;
let keeper: ClaimKeeper;
beforeEach(() => {
  time = 0;
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  const renew = () => new Promise<ReadonlySet<string>>((resolve) => (answer = resolve));
  keeper = keepClaims(
    { leaseMs: 1_000, renew },
    () => undefined,
    300,
    () => time,
  );
});
afterEach(() => {
  keeper.stop();
  jest.useRealTimers();
});

/** Lets time go by; what is due within it runs at its end. */
const pass = (ms: number): void => {
  time += ms;
  jest.advanceTimersByTime(ms);
};

it('a claim is sure until shortly before its lease ends, counted from before it was asked for', () => {
  pass(100);
  const claim = keeper.keep('a', 0, () => undefined);
  pass(849);
  expect(claim.isSure()).toBe(true);
  pass(1);
  expect(claim.isSure()).toBe(false);
});

it('a renewal makes a claim sure from when it was asked for, not from its answer', async () => {
  const claim = keeper.keep('a', 0, () => undefined);
  pass(300);
  pass(900);
  expect(claim.isSure()).toBe(false);
  answer(new Set(['a']));
  await turn();
  pass(49);
  expect(claim.isSure()).toBe(true);
  pass(1);
  expect(claim.isSure()).toBe(false);
});

it('a claim that somebody else has is told as lost and not prolonged', async () => {
  const onLost = jest.fn();
  const claim = keeper.keep('a', 0, onLost);
  pass(300);
  answer(new Set());
  await turn();
  expect(onLost).toHaveBeenCalledTimes(1);
  pass(650);
  expect(claim.isSure()).toBe(false);
});
