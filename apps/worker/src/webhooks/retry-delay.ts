const [second, minute, hour] = [1000, 60_000, 3_600_000];

/** After the n-th failed attempt, milliseconds until the next; the tenth is the last. */
export const retryDelays = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** A receiver may ask for no longer wait. */
const mostRetryAfterMs = 24 * hour;
/** Up to this share is added, so that what failed together does not come back together. */
const jitter = 0.1;

/**
 * Milliseconds from a failed attempt to the next.
 *
 * @param attempt 1 for the first
 * @param retryAfterMs what the receiver asked for, if it did; a shorter wait than the usual one is not granted, as it
 *   would use up the attempts
 * @param random from 0 to 1
 */
export function retryDelay(attempt: number, retryAfterMs = 0, random: number = Math.random()): number {
  const usual = retryDelays[Math.min(attempt, retryDelays.length) - 1] ?? retryDelays[0];
  const wait = Math.max(usual, Math.min(retryAfterMs, mostRetryAfterMs));
  return Math.round(wait * (1 + jitter * random));
}

/** The wait that a `Retry-After` header (RFC 9110: seconds or a date) asks for, in milliseconds; 0 where it is none. */
export function parseRetryAfter(header: string | undefined, now: number = Date.now()): number {
  if (header === undefined) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * second : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
