export interface RestartRule {
  readonly name: string;
  /** Whether it is to be started again at all, asked at each end. */
  readonly isWanted: () => boolean;
  readonly start: () => Promise<void>;
  readonly pid: () => number | undefined;
  readonly onLine: (line: string) => void;
  /** Called once, when it ended too often or cannot be started again. */
  readonly onGiveUp: (reason: string) => void;
  /** Called whenever it runs again. */
  readonly onRestarted: () => void;
  readonly nowMs?: () => number;
}

const mostEnds = 5;
const withinMs = 60_000;

/** What to do whenever a process ends unasked: start it again, and give up at the fifth end within a minute. */
export function restartUnasked(rule: RestartRule): (how: string) => void {
  const { name, isWanted, start, pid, onLine, onGiveUp, onRestarted, nowMs = () => performance.now() } = rule;
  let ends: number[] = [];
  let turn = 0;
  return (how) => {
    if (!isWanted()) return;
    ends = [...ends.filter((end) => nowMs() - end < withinMs), nowMs()];
    if (ends.length >= mostEnds)
      return onGiveUp(`${name} ended ${mostEnds} times within a minute (last: ${how})`);
    turn += 1;
    const mine = turn;
    const again = async (): Promise<void> => {
      try {
        await start();
        onRestarted();
        onLine(`${name}: ended unasked (${how}), started again as process ${pid() ?? 'unknown'}`);
      } catch (error) {
        // Another end before it was ready counts by itself, and has begun a start of its own; only one that runs and stays
        // silent is hopeless.
        if (mine === turn && pid() !== undefined)
          onGiveUp(`${name} was started again but: ${(error as Error).message}`);
      }
    };
    void again();
  };
}
