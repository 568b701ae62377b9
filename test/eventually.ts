import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 20;

/**
 * Waits until `condition` holds.
 *
 * @param what says in the failure what was waited for
 * @throws Error if it does not hold within `timeoutMs`
 */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await delay(pollMs);
  }
}
