import { InterruptedError } from '../stack/with-stack.js';
import { withInterruption } from '../terminal/interruption.js';

/**
 * Runs `work` with a signal that aborts at Ctrl-C, so that it can take away what it made.
 *
 * @param work its second signal aborts at a second Ctrl-C, for what else would be waited for
 * @throws InterruptedError if it failed after that
 */
export function interruptible<T>(work: (signal: AbortSignal, forced: AbortSignal) => Promise<T>): Promise<T> {
  return withInterruption(process, Date.now, async ({ requested, forced }) => {
    try {
      return await work(requested, forced);
    } catch (cause) {
      throw requested.aborted ? new InterruptedError('stopped on request', { cause }) : cause;
    }
  });
}
