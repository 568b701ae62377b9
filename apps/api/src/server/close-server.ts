import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** How often a closing server looks for connections that may be ended. */
const lookEveryMs = 50;
/** A request that was on its way when the server began to close has come by then. */
const graceMs = 1000;

/**
 * Lets a server be closed as soon as all answers are sent, whatever its clients leave open.
 *
 * @param app not listening yet
 * @returns closes it
 */
export function closable(app: NestFastifyApplication): () => Promise<void> {
  const server = app.getHttpServer();
  const underWay = countRequests(server);
  return async () => {
    const begun = performance.now();
    const looking = setInterval(() => {
      // Those that have become idle only after the server began to close.
      server.closeIdleConnections();
      // To Node, one on which no whole request has come is not idle, and its time limits end when the server closes.
      if (performance.now() - begun > graceMs)
        for (const [socket, requests] of underWay) if (requests === 0) socket.destroy();
    }, lookEveryMs);
    try {
      await app.close();
    } finally {
      clearInterval(looking);
    }
  };
}

/** How many requests are under way on each connection that is open. */
function countRequests(server: Server): ReadonlyMap<Socket, number> {
  const underWay = new Map<Socket, number>();
  const add = (socket: Socket, count: number): void => {
    const known = underWay.get(socket);
    if (known !== undefined) underWay.set(socket, known + count);
  };
  server.on('connection', (socket) => {
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    add(socket, 1);
    response.once('close', () => add(socket, -1));
  });
  return underWay;
}
