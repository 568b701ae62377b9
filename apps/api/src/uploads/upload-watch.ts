import type { IncomingMessage } from 'node:http';
import { EarshotError } from '#jobs';

const checkMs = 250;

/** How long the store may take, without any byte coming, when it is otherwise well; a slow disk syncs a large input in that. */
const mostStoringMs = 60_000;

export interface UploadWatchOptions {
  /** Milliseconds without a byte after which an upload is ended. */
  idleMs: number;
  /** Asked while bytes that are here wait for the store; throws what the caller is told. */
  requireStore: () => void;
}

/**
 * Watches a request's body while it is received.
 *
 * `signal` is aborted, with an EarshotError as its reason, when the client leaves, when the upload stands still because
 * the client sends nothing, or when the store does not take what has arrived.
 */
export class UploadWatch {
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private bytesSeen = -1;
  private changedAt = performance.now();
  /** When it was last not the client that the upload waited for. */
  private heldUpAt = performance.now();

  constructor(
    private readonly raw: IncomingMessage,
    private readonly options: UploadWatchOptions,
  ) {
    this.signal = this.controller.signal;
    this.timer = setInterval(() => this.check(), checkMs);
    raw.once('close', this.onClose);
  }

  stop(): void {
    clearInterval(this.timer);
    this.raw.off('close', this.onClose);
  }

  private readonly onClose = (): void => {
    if (!this.raw.complete)
      this.controller.abort(new EarshotError('upload_interrupted', 'The connection was closed before the last byte.'));
  };

  private check(): void {
    const bytes = this.raw.socket.bytesRead;
    const comes = bytes !== this.bytesSeen;
    this.bytesSeen = bytes;
    if (comes) this.changedAt = performance.now();
    // Bytes that wait to be read mean that the store is slow, not the client.
    const waits = this.raw.complete || this.raw.readableLength > 0;
    if (comes || waits) this.heldUpAt = performance.now();
    if (waits) this.checkStore();
    else this.checkClient();
  }

  private checkStore(): void {
    try {
      this.options.requireStore();
      if (performance.now() - this.changedAt > mostStoringMs)
        throw new EarshotError('store_unavailable', 'The object store takes too long; try again shortly.');
    } catch (error) {
      this.controller.abort(error);
    }
  }

  private checkClient(): void {
    if (performance.now() - this.heldUpAt <= this.options.idleMs) return;
    const seconds = this.options.idleMs / 1000;
    this.controller.abort(new EarshotError('upload_timeout', `No byte came for ${seconds} s; send the input again.`));
  }
}
