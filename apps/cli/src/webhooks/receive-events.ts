import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookEvent } from '#client';
import { CommandError } from '../command-error.js';
import { parseEvent } from './event.js';
import { faultOf } from './verify-event.js';

/** An Earshot sends 20 KiB at most. */
const mostBytes = 1024 * 1024;
const loopback = '127.0.0.1';

export interface Receiver {
  /** The secret that signs; until it is known, senders wait. */
  secret: () => Promise<string>;
  onEvent: (event: WebhookEvent) => void;
  /** Told why something was refused. */
  onFault: (fault: string) => void;
}

/**
 * Receives events on this machine, and on no address that others reach, while `work` runs.
 *
 * @param port 0: any that is free
 * @throws CommandError if the port cannot be had
 */
export async function withReceiver(
  port: number,
  receiver: Receiver,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => {
    answer(request, receiver).then(
      (status) => end(response, status),
      () => end(response, 500),
    );
  });
  server.listen(port, loopback);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const message = `port ${port} cannot be had (${(cause as Error).message}); choose another with --port`;
    throw new CommandError(message, { cause });
  }
  try {
    await work(`http://${loopback}:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Checks a request, and passes on the event it brings. Returns the status of the answer. */
async function answer(request: IncomingMessage, { secret, onEvent, onFault }: Receiver): Promise<number> {
  if (request.method !== 'POST') return 405;
  const body = await readBody(request);
  if (body === null) return 413;
  const fault = faultOf(await secret(), request.headers, body);
  if (fault !== null) {
    onFault(`${fault} (answered 401)`);
    return 401;
  }
  const event = parseEvent(body);
  if (event === null) onFault('its body is no event (answered 400)');
  else onEvent(event);
  return event === null ? 400 : 204;
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Read to its end all the same: a sender that is cut off does not see the answer.
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  return bytes <= mostBytes ? Buffer.concat(chunks) : null;
}

function end(response: ServerResponse, status: number): void {
  // What was not read of a request would be taken for the next one.
  response.writeHead(status, { connection: 'close' }).end();
}
