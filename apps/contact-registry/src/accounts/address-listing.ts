import { environments, type AddressState, type Environment } from '@signalbox/contracts';
import { adviseOnAddresses, existsIn, type AddressAdviceCode, type KnownAddress } from '@signalbox/domain';

/** The part of a listing that says how its addresses are. Written from outside, since it changes without the account. */
export interface AddressListing {
  /** The states that its addresses are in, each once. */
  readonly addressStates: readonly AddressState[];
  /** What of the advice follows from them, each code once. */
  readonly addressAdvice: Readonly<Record<Environment, readonly AddressAdviceCode[]>>;
  /** From when on they are to be looked at again. */
  readonly addressesDueAt: Date;
}

/** Before anybody has looked, which is due at once. */
export const notLookedAt: AddressListing = {
  addressStates: [],
  addressAdvice: { sandbox: [], production: [] },
  addressesDueAt: new Date(0),
};

/** What the lists say of addresses. @param addressesDueAt when that may be true no longer. */
export function addressListingOf(known: readonly KnownAddress[], addressesDueAt: Date): AddressListing {
  const advice = adviseOnAddresses(known);
  const adviceIn = (environment: Environment) =>
    once(advice.filter(({ field }) => existsIn(environment, field)).map(({ code }) => code));
  return {
    addressStates: once(known.map(({ state }) => state)),
    addressAdvice: perEnvironment(adviceIn),
    addressesDueAt,
  };
}

export const perEnvironment = <T>(of: (environment: Environment) => T): Record<Environment, T> =>
  Object.fromEntries(environments.map((environment) => [environment, of(environment)])) as Record<
    Environment,
    T
  >;

/** In one order always, so that what says the same is the same. */
export const once = <T extends string>(words: readonly T[]): T[] => [...new Set(words)].sort();
