/**
 * What a log line says of an error. Picked field by field: errors of ioredis carry the command that failed with all its
 * arguments, a password among them when it was AUTH.
 */
export function toErrorFields(error: unknown): { error: string; stack?: string; cause?: string } {
  if (!(error instanceof Error)) return { error: nameAndMessage(error) };
  const { cause } = error;
  return {
    error: nameAndMessage(error),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(cause !== undefined && { cause: nameAndMessage(cause) }),
  };
}

function nameAndMessage(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `a thrown ${typeof error}`;
}
