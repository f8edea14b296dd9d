import { takeLease } from '@signalbox/persistence';
import {
  runPeriodically,
  systemClock,
  type Drain,
  type Encryption,
  type KeyedHash,
  type Log,
} from '@signalbox/runtime';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { AddressTracesStore } from './address-traces-store.js';
import { AskForErasure, type AskForErasureParts } from './ask-for-erasure.js';
import { ErasureStore } from './erasure-store.js';
import { ReadErasures } from './read-erasures.js';
import { RunErasures } from './run-erasures.js';
import { stepsOfErasure, type StepsOfErasureParts } from './steps-of-erasure.js';

/** What erasures need of the outside. */
export interface ErasureParts extends Omit<StepsOfErasureParts, 'traces' | 'erasures' | 'staff'> {
  readonly connection: Connection;
  readonly staff: StepsOfErasureParts['staff'] & AskForErasureParts['staff'];
  readonly encryption: Encryption;
  readonly hash: KeyedHash;
  /** Between the first time and the second; longer than any batch of a router takes. */
  readonly pauseMs: number;
  readonly log: Log;
  readonly drain: Drain;
}

const everyMs = 1_000;
/** What failed is not tried again for so long, in milliseconds: others go before it, and the log stays readable. */
const failedPauseMs = 30_000;
/** One registry of many is at it; another one takes over so long after it died. */
const leaseMs = 30_000;

/** Opens what erasures are asked for, read and carried out with. */
export async function startErasures(parts: ErasureParts) {
  const { connection, encryption, hash, pauseMs, log, drain } = parts;
  const erasures = new ErasureStore(connection);
  await erasures.createIndexes();
  const traces = new AddressTracesStore(connection);
  const steps = stepsOfErasure({ ...parts, traces, erasures });
  const run = new RunErasures({ erasures, steps, encryption, pauseMs, failedPauseMs, log });
  const by = randomUUID();
  const pass = runPeriodically(
    'erasures',
    everyMs,
    async () => {
      if (await takeLease(connection, 'erasures', by, leaseMs)) await run.execute();
    },
    log,
  );
  drain.onDrain('erasures', () => pass.stop());
  return {
    ask: new AskForErasure({
      erasures,
      accounts: traces,
      staff: parts.staff,
      encryption,
      hash,
      clock: systemClock,
      log,
    }),
    read: new ReadErasures(erasures),
  };
}
