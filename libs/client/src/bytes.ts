import type { RequestOptions } from './connection.js';

/** Bytes to be sent. A stream is read only once: a request with one is not repeated. */
export type Bytes = Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>;

/** How a request is sent whose body are bytes of whatever kind, which an Earshot finds out itself. */
export const asBytes = {
  headers: { 'content-type': 'application/octet-stream' },
  bodySerializer: (body: unknown) => toBody(body as Bytes),
};

/** The same options, without patience where a body cannot be sent again. */
export function withBody<Options extends RequestOptions>(body: unknown, options: Options): Options {
  return body instanceof ReadableStream ? { ...options, patience: { outageMs: 0, limitMs: 0 } } : options;
}

/** Bytes as fetch takes them. */
export function toBody(bytes: Bytes): Blob | ReadableStream<Uint8Array> {
  // All that fetch takes; the types of a page and of Node.js agree on Blob alone.
  return bytes instanceof ReadableStream ? toKnownStream(bytes) : (bytes as Blob);
}

/** Of streams that were to be sent. Plain errors, as fetch may make others into text. */
const streamFailures = new WeakSet<Error>();

/**
 * What of the caller's could not be read, where that is why fetch failed: its stream, or a file behind a Blob that has
 * changed since; else undefined.
 */
export function bodyFailureOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && streamFailures.has(cause)) return cause.cause;
  return cause instanceof DOMException && cause.name === 'NotReadableError' ? cause : undefined;
}

function toKnownStream(bytes: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = bytes.getReader();
  const read = () =>
    reader.read().catch((cause: unknown) => {
      const failure = new Error('the stream that was to be sent has failed', { cause });
      streamFailures.add(failure);
      throw failure;
    });
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
