import { once } from 'node:events';
import { createServer } from 'node:net';

/** An address where nobody listens. */
export async function freeUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await once(server.close(), 'close');
  return `http://127.0.0.1:${port}`;
}
