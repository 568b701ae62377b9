import type { JobRecord } from '#jobs';
import { mostSeconds } from './poll-slots.js';

const leastSeconds = 1;

/**
 * Seconds after which an unfinished job is worth another look: when it is expected to start, for one that waits. So a
 * thousand clients that wait far back in a queue ask thirty times less often. An estimate may be wrong, and a queue become
 * shorter: it is half a minute at most.
 */
export function retryAfterSeconds({ estimatedStartAt }: JobRecord, now: number = Date.now()): number {
  if (estimatedStartAt === null) return leastSeconds;
  const seconds = Math.ceil((Date.parse(estimatedStartAt) - now) / 1000);
  return Math.min(Math.max(seconds, leastSeconds), mostSeconds);
}
