import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** One event of a stream (WHATWG HTML, Server-sent events). */
export interface ServerSentEvent {
  /** What a client that comes back hands in as `Last-Event-ID`. */
  id: string;
  type: string;
  data: unknown;
}

/** How long a client waits before it comes back to a stream that has broken off, in milliseconds. */
const retryMs = 2000;

/**
 * Answers with a stream of events, until there are no more, or the client has gone; then the iterator is told to return.
 *
 * @param events as they come; null says that nothing has happened, which keeps the connection alive
 */
export function sendEvents(reply: FastifyReply, events: AsyncIterable<ServerSentEvent | null>): void {
  reply.headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Proxies such as nginx would collect the events otherwise.
    'x-accel-buffering': 'no',
  });
  void reply.send(Readable.from(toText(events), { objectMode: false, highWaterMark: 1 }));
}

async function* toText(events: AsyncIterable<ServerSentEvent | null>): AsyncGenerator<string> {
  yield `retry: ${retryMs}\n\n`;
  for await (const event of events)
    yield event === null ? ':\n\n' : `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`;
}
