import type { RequestOptions } from './connection.js';
import { readLines } from './lines.js';
import { pause } from './pause.js';
import { EarshotUnreachable } from './problem.js';

/** One server-sent event (WHATWG HTML), its data parsed. */
export interface ServerSentEvent {
  id: string;
  type: string;
  data: unknown;
}

export interface FollowOptions extends RequestOptions {
  /** The id of the last event that was met; only later ones come. */
  lastEventId?: string | undefined;
}

/** Opens the stream; its head is 204 when nothing more will come. */
type Open = (header: { 'Last-Event-ID'?: string }) => Promise<{ data: unknown; response: Response }>;

const defaultRetryMs = 2000;
/** An Earshot says something every 15 seconds, if only that it is there. */
const mostSilenceMs = 30_000;

/** The events up to `finished`; a stream that breaks off is taken up behind the last event that came. */
export async function* followEvents<Event extends ServerSentEvent>(
  open: Open,
  lastEventId: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Event> {
  const stream: StreamState = { lastId: lastEventId, retryMs: defaultRetryMs };
  for (;;) {
    const { data, response } = await open(stream.lastId === undefined ? {} : { 'Last-Event-ID': stream.lastId });
    if (response.status === 204) return;
    try {
      for await (const event of readEvents(data as ReadableStream<Uint8Array>, stream)) {
        yield event as Event;
        if (event.type === 'finished') return;
      }
    } catch (error) {
      if (!(error instanceof EarshotUnreachable)) throw error;
    }
    await pause(stream.retryMs, signal);
  }
}

interface StreamState {
  lastId: string | undefined;
  /** Milliseconds until one that broke off is opened again. */
  retryMs: number;
}

async function* readEvents(bytes: ReadableStream<Uint8Array>, stream: StreamState): AsyncGenerator<ServerSentEvent> {
  let [type, data] = ['', ''];
  for await (const line of readLines(bytes, mostSilenceMs)) {
    const [, field = '', value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? [];
    if (field === 'id') stream.lastId = value;
    else if (field === 'event') type = value;
    else if (field === 'data') data += value;
    else if (field === 'retry' && /^\d+$/.test(value)) stream.retryMs = Number(value);
    if (line !== '') continue;
    if (data !== '') yield { id: stream.lastId ?? '', type, data: JSON.parse(data) as unknown };
    [type, data] = ['', ''];
  }
}
