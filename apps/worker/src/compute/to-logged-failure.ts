import { EarshotError, toFailure, ObjectMissingError, StoreUnavailableError, type JobFailure } from '#jobs/store';
import { EngineUnavailableError, InputError, ModelError } from '#models';

/** A failure, with what the logs should say of an unforeseen one. */
export type LoggedFailure = JobFailure & { cause?: string };

/** The edge at which the libraries' errors become codes of the error table. */
export function toLoggedFailure(error: unknown): LoggedFailure {
  if (error instanceof InputError || error instanceof ModelError || error instanceof EngineUnavailableError)
    return { code: error.code, detail: error.message };
  if (error instanceof ObjectMissingError) return { code: 'input_missing', detail: error.message };
  if (error instanceof StoreUnavailableError) return { code: 'store_unavailable', detail: error.message };
  const cause = error instanceof EarshotError ? error.cause : error;
  return { ...toFailure(error), ...(cause !== undefined && { cause: wordsOf(cause) }) };
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
