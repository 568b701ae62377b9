import { once } from 'node:events';
import type { Interruption } from '../terminal/interruption.js';
import { Stack } from './stack.js';

/** The command was asked to stop before its work was done. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/**
 * Runs `work` with a stack, and stops all of it afterwards, whatever happened.
 *
 * @param work gets a signal that aborts when nobody waits for it any more
 * @throws InterruptedError if a stop is requested first, CommandError if a service ends unasked
 */
export async function withStack<T>(
  interruption: Interruption,
  work: (stack: Stack, over: AbortSignal) => Promise<T>,
): Promise<T> {
  const stack = new Stack();
  const done = new AbortController();
  const interrupted = once(interruption.requested, 'abort', { signal: done.signal }).then(() => {
    throw new InterruptedError('stopped on request');
  });
  try {
    return await Promise.race([work(stack, done.signal), stack.failed, interrupted]);
  } finally {
    done.abort();
    await stack.stop(interruption.forced);
  }
}
