import { setTimeout as delay } from 'node:timers/promises';
import { EarshotProblem } from '#client';
import { isProblem, problemWords } from '../client/problem-words.js';

const firstPauseMs = 500;
const mostPauseMs = 10_000;
/** An Earshot that restarts is back much sooner. */
const mostOutageMs = 120_000;

/** Told when an attempt failed for something that passes, and when one succeeds again. */
export type OnOutage = (why: string | null) => void;

/**
 * Repeats a request for as long as what fails it passes: an Earshot that restarts, a full queue, a rate that is exceeded.
 * Outages are waited for so long; limits for ever, as somebody else's work ends at some time.
 */
export async function withPatience<T>(request: () => Promise<T>, signal: AbortSignal, onOutage: OnOutage): Promise<T> {
  let outSince: number | undefined;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, mostPauseMs)) {
    try {
      const answer = await request();
      onOutage(null);
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (!isProblem(error)) throw error;
      const isLimit = error instanceof EarshotProblem && error.status === 429;
      const isOutage = !(error instanceof EarshotProblem) || passing(error);
      outSince = isLimit ? undefined : (outSince ?? performance.now());
      if (outSince !== undefined && !(isOutage && performance.now() - outSince < mostOutageMs)) throw error;
      onOutage(problemWords(error));
      const askedMs = error instanceof EarshotProblem ? error.retryAfterMs : undefined;
      await delay(Math.min(askedMs ?? pauseMs, 60_000), undefined, { signal });
    }
  }
}

/** The attempt before, of which nothing came back, may still be under way, or have died with its claim to the key. */
function passing({ status, code }: EarshotProblem): boolean {
  return status === 503 || code === 'idempotency_key_in_use';
}
