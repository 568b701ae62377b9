import type { Readable } from 'node:stream';
import { EarshotError, rejectOnAbort } from '#jobs';

const defaultMostBytes = 4096;
const mostMs = 30_000;

/**
 * Reads a small JSON body. On failure the request is left open, since destroying it would take its answer with it.
 *
 * @throws EarshotError `invalid_request`, or `upload_timeout` if it does not come
 */
export async function readJson(raw: Readable, mostBytes = defaultMostBytes): Promise<unknown> {
  const controller = new AbortController();
  const late = new EarshotError('upload_timeout', 'The body did not come; send the request again.');
  const timer = setTimeout(() => controller.abort(late), mostMs);
  try {
    return JSON.parse(await Promise.race([readText(raw, mostBytes), rejectOnAbort(controller.signal)]));
  } catch (cause) {
    if (cause instanceof EarshotError) throw cause;
    throw new EarshotError('invalid_request', 'The body is not JSON.', { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function readText(raw: Readable, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new EarshotError('invalid_request', `The body has more than ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
