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
  /**
   * Milliseconds after which a stream that says nothing is opened again. Default 30 000; an Earshot says something every
   * 15 seconds, if only that it is there.
   */
  silenceMs?: number | undefined;
}

/** Opens the stream; its head is 204 when nothing more will come. */
type Open = (header: { 'Last-Event-ID'?: string }) => Promise<{ data: unknown; response: Response }>;

const defaultRetryMs = 2000;
const defaultSilenceMs = 30_000;

/** The events up to `finished`; a stream that breaks off is taken up behind the last event that came. */
export async function* followEvents<Event extends ServerSentEvent>(
  open: Open,
  { lastEventId, silenceMs = defaultSilenceMs }: FollowOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<Event> {
  const stream: StreamState = { lastId: lastEventId, retryMs: defaultRetryMs, silenceMs };
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
  /** Milliseconds after which one that says nothing counts as broken off. */
  silenceMs: number;
}

async function* readEvents(bytes: ReadableStream<Uint8Array>, stream: StreamState): AsyncGenerator<ServerSentEvent> {
  let [id, type, data] = [stream.lastId, '', ''];
  for await (const line of readLines(bytes, stream.silenceMs)) {
    const [, field = '', value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? [];
    if (field === 'id') id = value;
    else if (field === 'event') type = value;
    else if (field === 'data') data += value;
    else if (field === 'retry' && /^\d+$/.test(value)) stream.retryMs = Number(value);
    if (line !== '') continue;
    // Not before: what breaks off within an event has not brought it.
    stream.lastId = id;
    if (data !== '') yield { id: id ?? '', type, data: JSON.parse(data) as unknown };
    [type, data] = ['', ''];
  }
}
