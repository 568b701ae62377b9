/** Something that is done again and again until it is stopped. */
export interface Repetition {
  /** Resolves once a run that is under way has ended; none follows. */
  stop(): Promise<void>;
}

/**
 * Runs a task at once and then `intervalMs` after each run's end, so that runs never overlap. A run that throws is told
 * to `onError` and does not end the repetition.
 */
export function repeat(
  intervalMs: number,
  task: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Repetition {
  let wake: () => void = () => undefined;
  let stopped = false;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, intervalMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await task().catch(onError);
      if (!stopped) await pause();
    }
  };
  const ended = loop();
  return {
    stop: () => {
      stopped = true;
      wake();
      return ended;
    },
  };
}
