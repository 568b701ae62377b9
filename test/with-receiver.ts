import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { until } from './until.js';

/** What an event of a job says, as far as tests look. */
export interface ReceivedEvent {
  type: string;
  timestamp: string;
  sequence: number;
  data: { id?: string; status?: string; [field: string]: unknown };
}

/** One POST as it came in. */
export interface Received {
  id: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  event: ReceivedEvent;
  /** Milliseconds since 1970. */
  atMs: number;
}

/** How a receiver answers; by default with 204. */
export type Answering = (received: Received, response: ServerResponse) => void;

/** A server that webhooks call, and what it has received. */
export interface Receiver {
  url: string;
  received: Received[];
  /** Waits until so many have come. */
  has(count: number, limitMs?: number): Promise<Received[]>;
  /** For `EARSHOT_EGRESS_ALLOW`. */
  host: string;
}

/** Runs `run` with a receiver of its own, on any free port. */
export async function withReceiver<T>(run: (receiver: Receiver) => Promise<T>, answer?: Answering): Promise<T> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { headers, url: path = '' } = request;
      const event = JSON.parse(body) as ReceivedEvent;
      const one = { id: String(headers['webhook-id']), path, headers, body, event, atMs: Date.now() };
      received.push(one);
      if (answer) answer(one, response);
      else response.writeHead(204).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const has = async (count: number, limitMs?: number): Promise<Received[]> => {
    await until(`the receiver has ${count}`, () => received.length >= count, limitMs);
    return received;
  };
  try {
    return await run({ url: `http://${host}/hook`, received, has, host });
  } finally {
    server.closeAllConnections();
    await once(server.close(), 'close');
  }
}

/** @throws when the published client does not accept it */
export function verify({ body, headers }: Received, secret: string): void {
  new Webhook(secret).verify(body, headers as Record<string, string>);
}
