import { pause } from './pause.js';
import { EarshotProblem, EarshotUnreachable } from './problem.js';

/** For how long a request is repeated that fails for something which passes. */
export interface Patience {
  /**
   * Milliseconds for which nobody may answer, or the answer be 503. Default 30 000; 0: such a request fails at once. What
   * would be made twice, such as a key, is not repeated, as the first request may have made one.
   */
  outageMs?: number;
  /** Milliseconds for which a rate or a quota may be exceeded, 429. Default 60 000. */
  limitMs?: number;
  /** Told why an attempt failed that is followed by another, and null once one succeeded. */
  onTrouble?: (why: string | null) => void;
}

const firstPauseMs = 500;
const mostPauseMs = 10_000;
/** However long an answer asks for. */
const mostAskedMs = 60_000;

/**
 * Carries out a request, again as long as what fails it passes.
 *
 * @param isHarmless whether carrying it out twice does what once does
 */
export async function withPatience<T>(
  request: () => Promise<T>,
  { outageMs = 30_000, limitMs = 60_000, onTrouble }: Patience,
  isHarmless: boolean,
  signal: AbortSignal | undefined,
): Promise<T> {
  const since = performance.now();
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, mostPauseMs)) {
    try {
      const answer = await request();
      onTrouble?.(null);
      return answer;
    } catch (error) {
      const mostMs = isLimit(error) ? limitMs : isHarmless && isOutage(error) ? outageMs : 0;
      if (signal?.aborted || performance.now() - since >= mostMs) throw error;
      onTrouble?.((error as Error).message);
      const askedMs = error instanceof EarshotProblem ? error.retryAfterMs : undefined;
      await pause(Math.min(askedMs ?? pauseMs, mostAskedMs), signal);
    }
  }
}

function isLimit(error: unknown): boolean {
  return error instanceof EarshotProblem && error.status === 429;
}

function isOutage(error: unknown): boolean {
  if (!(error instanceof EarshotProblem)) return error instanceof EarshotUnreachable;
  // The attempt before this one, of which nothing came back, may still be under way.
  return error.status === 503 || error.code === 'idempotency_key_in_use';
}
