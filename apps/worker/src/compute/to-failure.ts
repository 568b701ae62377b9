import { toFailure as toCodedFailure, type ErrorCode, type JobFailure } from '#jobs';
import { InputError, ModelError } from '#models';

/** How the libraries' own errors are called in the error table, by the error's name. */
const codesByName: Record<string, ErrorCode> = {
  ObjectMissingError: 'input_missing',
  StoreUnavailableError: 'store_unavailable',
};

/** A failure, with what the logs should say of an unforeseen one. */
export type LoggedFailure = JobFailure & { cause?: string };

/** The edge at which the libraries' errors become codes of the error table. */
export function toFailure(error: unknown): LoggedFailure {
  if (error instanceof InputError || error instanceof ModelError) return { code: error.code, detail: error.message };
  const code = error instanceof Error ? codesByName[error.name] : undefined;
  if (code !== undefined) return { code, detail: (error as Error).message };
  return { ...toCodedFailure(error), cause: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
