import { type Agent, request as sendHttp } from 'node:http';
import type { SeenAnswer } from './described-answers.js';
import type { RandomRequest } from './random-requests.js';

/** A stream of events is read for so long. */
const streamMs = 30;

/**
 * Sends a request as it is, strange or not, and reads the answer.
 *
 * @throws Error when there is no answer within `withinMs`
 */
export function sendRequest(
  base: string,
  { method, path, headers, body }: RandomRequest,
  { agent, withinMs }: { agent: Agent; withinMs: number },
): Promise<SeenAnswer> {
  const { hostname, port } = new URL(base);
  const length = body === null ? {} : { 'content-length': String(body.length) };
  return new Promise((resolve, reject) => {
    const sent = sendHttp({ agent, hostname, port, method, path, headers: { ...headers, ...length } }, (answer) => {
      const isStream = (answer.headers['content-type'] ?? '').startsWith('text/event-stream');
      const chunks: Buffer[] = [];
      const seen = (): SeenAnswer => ({
        ...{ method, path: path.split('?', 1)[0] ?? '', status: answer.statusCode ?? 0 },
        contentType: answer.headers['content-type'] ?? null,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(seen()));
      answer.on('error', reject);
      if (isStream)
        setTimeout(() => {
          resolve(seen());
          sent.destroy();
        }, streamMs);
    });
    const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${withinMs} ms`)), withinMs);
    sent.on('close', () => clearTimeout(timer));
    sent.on('error', reject);
    sent.end(body ?? undefined);
  });
}
