import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** An HTTP server of the test's own. */
export interface TestHttp {
  /** Without a slash at its end. */
  url: string;
  /** The requests that came, in their order. */
  requests: IncomingMessage[];
}

/** Runs `run` with an HTTP server on a free port of 127.0.0.1 that is gone afterwards, with all its connections. */
export async function withHttp<T>(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  run: (http: TestHttp) => Promise<T>,
): Promise<T> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await run({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests });
  } finally {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }
}
