import { PassThrough, pipeline, type Readable } from 'node:stream';

/** The same bytes, and the store's error instead of the body's own when they break off. */
export function reporting(body: Readable, toStoreError: (error: unknown) => Error): Readable {
  const bytes = new PassThrough();
  body.once('error', (error) => bytes.destroy(toStoreError(error)));
  return pipeline(body, bytes, () => undefined);
}
