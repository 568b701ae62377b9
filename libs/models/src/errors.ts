/** Names and lists out of a file may be of any length; an error is shown, logged and kept in Redis. */
const maxMessageLength = 2000;

/**
 * What the registry does not do, and why: in 2,000 characters at most.
 *
 * - `model_refused`: the card, the weights or a stored file is not what is supported; the message names it
 * - `model_version_conflict`: the version is taken by other content; give the new content a new version
 * - `model_not_found`: the version is not registered
 * - `model_in_use`: the version cannot be removed, as an alias names it
 *
 * All are permanent: the same request fails the same way again.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(
    readonly code: 'model_refused' | 'model_version_conflict' | 'model_not_found' | 'model_in_use',
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}...` : message, options);
  }
}

/** A model that cannot be served; `message` names the part at fault and what is supported instead. */
export function refusal(message: string, cause?: unknown): ModelError {
  return new ModelError('model_refused', message, { cause });
}

/** An input that the model cannot read: bytes of another kind, damaged, or empty. Permanent. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code = 'input_unreadable';
}

/** An engine that cannot run on this machine: a library or a device is missing. `message` says which and what to do. */
export class EngineUnavailableError extends Error {
  override readonly name = 'EngineUnavailableError';
  readonly code = 'engine_unavailable';
}
