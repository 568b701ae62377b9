import { setImmediate } from 'node:timers/promises';

const warmUps = 3;

export interface Measurement {
  runs: number;
  /** Ends the measuring with its reason. */
  signal?: AbortSignal;
}

/** How long each of `runs` runs takes, in milliseconds, after a few that are not counted. */
export async function measureMs(run: () => unknown, { runs, signal }: Measurement): Promise<number[]> {
  const taken: number[] = [];
  for (let i = -warmUps; i < runs; i++) {
    // Between runs, so that a Ctrl-C is heard.
    await setImmediate();
    signal?.throwIfAborted();
    const start = performance.now();
    await run();
    if (i >= 0) taken.push(performance.now() - start);
  }
  return taken;
}

/**
 * The smallest of the values that at least `share` of them do not exceed (nearest rank).
 *
 * @param values at least one, in any order
 * @param share above 0, at most 1: 0.95 for the 95th percentile
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** To three decimals: finer than any clock here. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
