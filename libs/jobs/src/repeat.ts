/** Something that is done again and again until it is stopped. */
export interface Repetition {
  /** Has it done soon: at once, unless it is being done or was only just. */
  wake(): void;
  /** Resolves once a run that is under way has ended; none follows. */
  stop(): Promise<void>;
}

/** The shortest pause between two runs, in milliseconds: what wakes it often is met in batches. */
const restMs = 20;

/**
 * Runs a task at once and then `intervalMs` after each run's end, or sooner if it is woken, so that runs never overlap.
 * A run that throws is told to `onError` and does not end the repetition.
 */
export function repeat(
  intervalMs: number,
  task: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Repetition {
  let goOn: () => void = () => undefined;
  let [stopped, woken, idle] = [false, false, false];
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      goOn = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async (): Promise<void> => {
    while (!stopped) {
      woken = false;
      await task().catch(onError);
      const rest = Math.min(restMs, intervalMs);
      if (!stopped) await pause(rest);
      idle = !stopped && !woken;
      if (idle) await pause(intervalMs - rest);
      idle = false;
    }
  };
  const ended = loop();
  return {
    wake: () => {
      woken = true;
      if (idle) goOn();
    },
    stop: () => {
      stopped = true;
      goOn();
      return ended;
    },
  };
}
