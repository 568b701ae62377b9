import { HttpException } from '@nestjs/common';
import { EarshotError, isQueueOutage } from '#jobs';
import { libraryWords } from './library-words.js';

const unreadable = 'The request cannot be read; compare it with docs/api.md.';

/** What went wrong, in words for the caller; what is not known to be harmless is kept to the log. */
export function toEarshotError(error: unknown): EarshotError {
  if (error instanceof EarshotError) return error;
  if (isQueueOutage(error))
    return new EarshotError('queue_unavailable', 'Redis does not answer; try again shortly.', { cause: error });
  if (error instanceof Error && error.name === 'StoreUnavailableError')
    return new EarshotError('store_unavailable', 'The object store does not answer; try again shortly.', {
      cause: error,
    });
  const status = statusOf(error);
  if (status === 414)
    return new EarshotError('uri_too_long', 'A part of the path has more than 200 characters.', { cause: error });
  if (status >= 400 && status < 500)
    return new EarshotError('invalid_request', libraryWords(error) ?? unreadable, { cause: error });
  return new EarshotError('internal_error', 'The request failed for an unforeseen reason; the log has it.', {
    cause: error,
  });
}

/** Nest's and Fastify's own errors carry an HTTP status. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('statusCode' in error)) return 500;
  return Number(error.statusCode);
}
