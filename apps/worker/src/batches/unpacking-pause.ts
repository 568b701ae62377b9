import { EarshotError } from '#jobs';

const pauseMs = 5000;
const mostPauseMs = 60_000;

/** Milliseconds until an archive is tried again after so many attempts: ever longer while its owner may have no more jobs. */
export function unpackingPause(attempts: number, error: unknown): number {
  const waitsForRoom = error instanceof EarshotError && error.code === 'job_quota_exceeded';
  return waitsForRoom ? Math.min(attempts * pauseMs, mostPauseMs) : pauseMs;
}
