import type { Actor } from '@signalbox/contracts';

/** Who asked for a change, and from where: what the history keeps of them. */
export interface Asker {
  /** A name to read, without an address; a portal user's is looked up when the history is read. */
  readonly by: string;
  readonly actor: Actor;
  /** The network address that the gateway saw; null for what did not come through it. */
  readonly from: string | null;
}
