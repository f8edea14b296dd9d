import { erasedAddress, type ErasedStore } from '@signalbox/contracts';
import type { Encryption, Log } from '@signalbox/runtime';
import type { ErasureDocument } from './erasure-document.js';
import { placeAfter, type ErasurePlace, type ErasureStep } from './erasure-steps.js';

/** Of what a step is done: of this address, with this mask in its place. */
export interface Erasing {
  readonly erasure: ErasureDocument;
  readonly address: string;
  readonly mask: string;
  /** The page that the step ended with; null at its beginning. */
  readonly after: string | null;
}

/** `waits`: for something that others have to do first; the step is tried again by a later pass. */
export type StepEnd =
  | { readonly kind: 'waits' }
  | {
      readonly kind: 'went-on';
      readonly changed: Partial<Record<ErasedStore, number>>;
      /** The page at which it goes on; null when it is over. */
      readonly next: string | null;
    };

/** One page of one step. Safe to run again, also by two processes at once. */
export type RunStep = (erasing: Erasing) => Promise<StepEnd>;

/** What one pass takes on. */
const mostAPass = 20;

/**
 * Carries out erasures, from wherever each of them was left by a crash, an engine that is away or the end of a process.
 */
export class RunErasures {
  constructor(private readonly parts: RunErasuresParts) {}

  /** One pass. What fails is tried again by the next, and keeps no other one waiting. */
  async execute(): Promise<void> {
    for (const erasure of await this.parts.erasures.due(mostAPass)) {
      try {
        await this.run(erasure);
      } catch (err) {
        const line = { event: 'erasure.failed', erasure: erasure._id, err };
        this.parts.log.warn(line, 'erasure.failed');
        await this.parts.erasures.putOff(erasure._id, this.parts.failedPauseMs);
      }
    }
  }

  private async run(due: ErasureDocument): Promise<void> {
    let current: ErasureDocument | null = due;
    while (current !== null) current = await this.goOn(current);
  }

  /** One page of one step. @returns null when this pass has no more to do about it. */
  private async goOn(erasure: ErasureDocument): Promise<ErasureDocument | null> {
    const { erasures, steps, pauseMs, log } = this.parts;
    const { _id, addressHash, place } = erasure;
    const mask = erasedAddress(addressHash);
    const end = await steps[place.step]({ erasure, address: this.open(erasure), mask, after: place.after });
    if (end.kind === 'waits') return null;
    const next = placeAfter(place, end.next);
    const isNextTime = next !== 'done' && next.time !== place.time;
    const moved = await erasures.goOn(erasure, next, end.changed, isNextTime ? pauseMs : 0);
    if (moved?.state !== 'done') return isNextTime ? null : moved;
    const line = { event: 'erasure.done', erasure: _id, addressHash, changed: moved.changed };
    log.info(line, 'erasure.done');
    return null;
  }

  /** @throws when the keys that sealed it are gone; whoever asked has to ask again. */
  private open({ _id, sealedAddress }: ErasureDocument): string {
    const opened = this.parts.encryption.open(sealedAddress ?? '', _id);
    if (!opened.ok) throw new Error(`the address to erase does not open: ${opened.why}`);
    return opened.text;
  }
}

export interface RunningErasures {
  /** Those that may go on now, by the database's clock. */
  due(limit: number): Promise<ErasureDocument[]>;
  /**
   * Notes what a step did and where to go on, and at the end drops the address.
   * @returns null when the erasure is not at that place any more.
   */
  goOn(
    erasure: ErasureDocument,
    next: ErasurePlace | 'done',
    changed: Partial<Record<ErasedStore, number>>,
    pauseMs: number,
  ): Promise<ErasureDocument | null>;
  /** Has it wait, where it stands. */
  putOff(erasure: string, pauseMs: number): Promise<void>;
  /** Notes portal users who are about to leave, each as `account:user`. */
  noteLeft(erasure: string, users: readonly string[]): Promise<void>;
}

export interface RunErasuresParts {
  readonly erasures: Pick<RunningErasures, 'due' | 'goOn' | 'putOff'>;
  readonly steps: Readonly<Record<ErasureStep, RunStep>>;
  readonly encryption: Pick<Encryption, 'open'>;
  /** Between the first time and the second. */
  readonly pauseMs: number;
  /** What failed waits for so long, behind those that are due. */
  readonly failedPauseMs: number;
  readonly log: Log;
}
