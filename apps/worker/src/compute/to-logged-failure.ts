import { toFailure, ObjectMissingError, StoreUnavailableError, type JobFailure } from '#jobs/store';
import { EngineUnavailableError, InputError, ModelError } from '#models';

/** A failure, with what the logs should say of an unforeseen one. */
export type LoggedFailure = JobFailure & { cause?: string };

/** The edge at which the libraries' errors become codes of the error table. */
export function toLoggedFailure(error: unknown): LoggedFailure {
  if (error instanceof InputError || error instanceof ModelError || error instanceof EngineUnavailableError)
    return { code: error.code, detail: error.message };
  if (error instanceof ObjectMissingError) return { code: 'input_missing', detail: error.message };
  if (error instanceof StoreUnavailableError) return { code: 'store_unavailable', detail: error.message };
  return { ...toFailure(error), cause: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
