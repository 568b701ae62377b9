import { StoreUnavailableError } from './object-store.js';

/**
 * What a store throws when it does not do what it was asked.
 *
 * @param store which one, as in `the store s3://recordings`
 */
export function unavailable(store: string, cause: unknown): StoreUnavailableError {
  if (cause instanceof StoreUnavailableError) return cause;
  return new StoreUnavailableError(`${store} failed: ${words(cause)}`, { cause });
}

/** Errors of S3 and of refused connections may have a name or a code, and no message that says anything. */
function words(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { code } = cause as NodeJS.ErrnoException;
  return cause.message.replace('UnknownError', '') || code || cause.name;
}
