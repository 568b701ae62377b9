/**
 * A recording, or the samples in it, cannot be used as asked; `message` says what is wrong and where.
 * It is about the data: the same bytes will fail again.
 */
export class SignalError extends Error {
  override readonly name = 'SignalError';
}
