import type { Readable } from 'node:stream';
import { EarshotError } from '../errors.js';
import { rejectOnAbort } from '../reject-on-abort.js';
import type { ObjectStore } from '../store/object-store.js';
import { InputMeter, type MeasuredInput } from './input-meter.js';

export interface ReceiveOptions {
  maxBytes: number;
  /** Aborting it ends the receiving with its reason. */
  signal: AbortSignal;
}

/** Bytes on their way to the store: nobody’s before what names them is added, and removed if that does not happen. */
export class StagedUpload {
  private writing: Promise<unknown> | undefined;

  constructor(
    private readonly store: Pick<ObjectStore, 'put' | 'delete'>,
    private readonly key: string,
  ) {}

  /**
   * Stores `body` while measuring it; never more than a few chunks of it are in memory.
   *
   * On failure `body` is left as it is, since destroying a request would take its answer with it: the caller sees to
   * the rest of it.
   *
   * @throws the abort's reason, EarshotError `input_too_large` or `upload_interrupted`, or what the store throws
   */
  async receive(body: Readable, { maxBytes, signal }: ReceiveOptions): Promise<MeasuredInput> {
    signal.throwIfAborted();
    const meter = new InputMeter(maxBytes);
    const end = (): void => void meter.destroy(signal.reason as Error);
    signal.addEventListener('abort', end, { once: true });
    body.once('error', (error) => meter.destroy(uploadInterrupted(error)));
    this.writing = this.store.put(this.key, body.pipe(meter), { signal });
    try {
      await Promise.race([this.writing, rejectOnAbort(signal)]);
      return meter.measured();
    } catch (error) {
      // A store may wrap what ended the stream; the stream itself knows.
      throw meter.errored ?? error;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  /** Removes what was stored. A put that still goes on is waited for, in the background. */
  async discard(): Promise<void> {
    if (this.writing === undefined) return;
    await this.writing.catch(() => undefined);
    await this.store.delete(this.key);
  }
}

/** What a caller is told whose body broke off. */
export function uploadInterrupted(cause: Error): EarshotError {
  return new EarshotError('upload_interrupted', `The upload ended before its last byte: ${cause.message}.`, { cause });
}
