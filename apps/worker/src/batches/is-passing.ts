import { EarshotError, errorTable, isQueueOutage } from '#jobs';

/** True of what may pass by itself: a store or a Redis that cannot be reached or cannot serve, or a quota that is used up now. */
export function isPassing(error: unknown): boolean {
  if (error instanceof EarshotError) return errorTable[error.code].passing;
  return isQueueOutage(error) || (error instanceof Error && error.name === 'StoreUnavailableError');
}
