import type { RequestOptions } from './connection.js';

/** Bytes to be sent. A stream is read only once: a request with one is not repeated. */
export type Bytes = Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>;

/** How a request is sent whose body are bytes of whatever kind, which an Earshot finds out itself. */
export const asBytes = {
  headers: { 'content-type': 'application/octet-stream' },
  bodySerializer: (body: unknown) => body,
};

/** The same options, without patience where a body cannot be sent again. */
export function withBody<Options extends RequestOptions>(body: unknown, options: Options): Options {
  return body instanceof ReadableStream ? { ...options, patience: { outageMs: 0, limitMs: 0 } } : options;
}
