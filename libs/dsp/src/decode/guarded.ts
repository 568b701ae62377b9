import { SignalError } from '../signal-error.js';

/**
 * What `call` into a WebAssembly decoder returns. Whatever it throws (a trap is a RuntimeError, an abort a string) is
 * about the bytes, since nothing else differs between calls; the decoder must not be used again.
 *
 * @param what names the part that is decoded, such as `Ogg Opus: the packet on the page at byte 4711`
 * @throws SignalError
 */
export function guarded<Result>(what: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw new SignalError(`${what} is damaged (its decoder gave up)`, { cause: error });
  }
}
