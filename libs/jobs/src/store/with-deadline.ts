import { within } from '../within.js';

/**
 * The outcome of `run`, if it comes in time. The signal that `run` is given says when nobody waits for it any more.
 *
 * @param signal ends it early
 * @throws Error after `timeoutMs` milliseconds
 */
export async function withDeadline<T>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const end = (): void => ending.abort(signal?.reason);
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  try {
    return await within(timeoutMs, run(ending.signal));
  } catch (error) {
    ending.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
