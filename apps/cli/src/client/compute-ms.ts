import type { Job } from '#client';

/** Milliseconds a compute process spent on the job: decoding, features and the network; undefined if it never did. */
export function computeMs({ timings }: Job): number | undefined {
  const { decodeMs, featuresMs, inferenceMs } = timings;
  const known = [decodeMs, featuresMs, inferenceMs].filter((ms) => ms != null);
  return known.length === 0 ? undefined : known.reduce((sum, ms) => sum + ms);
}
