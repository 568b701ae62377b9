/** One server-sent event, its data parsed. */
export interface ReceivedEvent {
  id: string;
  event: string;
  data: Record<string, unknown>;
}

/** A stream of server-sent events, read as they come. */
export class EventSource {
  private readonly events: AsyncGenerator<ReceivedEvent, undefined>;

  private constructor(
    readonly answer: Response,
    private readonly abort: AbortController,
  ) {
    this.events = read(answer);
  }

  static async open(url: string, lastEventId?: string): Promise<EventSource> {
    const abort = new AbortController();
    const headers = new Headers(lastEventId === undefined ? [] : [['last-event-id', lastEventId]]);
    return new EventSource(await fetch(url, { headers, signal: abort.signal }), abort);
  }

  /** The next event; undefined once the stream has ended. */
  async next(): Promise<ReceivedEvent | undefined> {
    return (await this.events.next()).value;
  }

  /** All until the end. */
  async rest(): Promise<ReceivedEvent[]> {
    const events: ReceivedEvent[] = [];
    for (let event = await this.next(); event; event = await this.next()) events.push(event);
    return events;
  }

  close(): void {
    this.abort.abort();
  }
}

async function* read({ body }: Response): AsyncGenerator<ReceivedEvent, undefined> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.replace(/^\w*: ?/, '')]));
      const event = fields.get('event');
      const data = JSON.parse(fields.get('data') ?? 'null') as ReceivedEvent['data'];
      if (event !== undefined) yield { id: fields.get('id') ?? '', event, data };
    }
  }
}
