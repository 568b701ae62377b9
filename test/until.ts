import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 10;

/**
 * Waits until `look` gives something other than undefined, null or false, and returns that.
 *
 * @throws Error naming `what` if it does not within `limitMs`
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  limitMs = 10_000,
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen as Exclude<T, undefined | null | false>;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs} ms in vain: ${what}`);
    await delay(pollMs);
  }
}
