import { Readable } from 'node:stream';
import { uploadInterrupted } from '#jobs';

/** The first bytes of a stream, and a stream of all of them: the same, unless it has ended with them. */
export interface Peeked {
  head: Buffer;
  body: Readable;
}

/**
 * Looks at the first bytes of a body.
 *
 * @returns at most `bytes` of them; fewer if there are no more
 * @throws EarshotError `upload_interrupted`, or the abort's reason
 */
export async function peek(stream: Readable, bytes: number, signal: AbortSignal): Promise<Peeked> {
  const chunks: Buffer[] = [];
  let length = 0;
  for (let waited = false; length < bytes && !stream.readableEnded;) {
    const chunk = stream.read() as Buffer | null;
    if (chunk !== null) {
      chunks.push(chunk);
      length += chunk.length;
    } else if (waited) break;
    else await somethingNew(stream, signal);
    // Nothing to be read after that is the end.
    waited = chunk === null;
  }
  if (stream.destroyed && !stream.readableEnded) throw uploadInterrupted(new Error('the connection was closed'));
  const read = Buffer.concat(chunks);
  // A stream that has ended takes nothing back.
  if (length < bytes) return { head: read, body: Readable.from(length > 0 ? [read] : []) };
  stream.unshift(read);
  return { head: read.subarray(0, bytes), body: stream };
}

const events = ['readable', 'end', 'close'] as const;

function somethingNew(stream: Readable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      for (const event of events) stream.off(event, news);
      stream.off('error', fail);
      signal.removeEventListener('abort', abort);
      if (error === undefined) resolve();
      else reject(error);
    };
    const news = (): void => settle();
    const fail = (error: Error): void => settle(uploadInterrupted(error));
    const abort = (): void => settle(signal.reason as Error);
    for (const event of events) stream.once(event, news);
    stream.once('error', fail);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}
