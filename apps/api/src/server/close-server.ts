import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How often a closing server looks for connections that may be ended. */
const lookEveryMs = 50;
/** A request that was on its way when the server began to close has come by then. */
const graceMs = 1000;

/**
 * Lets a server be closed as soon as all answers are sent, whatever its clients leave open.
 *
 * @param server not listening yet
 * @param close resolves once it has closed and has no connection
 * @returns does that
 */
export function closable(server: Server, close: () => Promise<void>): () => Promise<void> {
  const connections = watchConnections(server);
  // Node's own ends those as well whose answer is written and not yet sent.
  server.closeIdleConnections = () => {
    for (const [socket, { underWay, readBefore }] of connections)
      if (underWay === 0 && socket.bytesRead === readBefore) socket.destroy();
  };
  return async () => {
    const begun = performance.now();
    const looking = setInterval(() => {
      // Those that have become idle only after the server began to close.
      server.closeIdleConnections();
      // One on which no whole request has come is not idle, and its time limits end when the server closes.
      if (performance.now() - begun > graceMs)
        for (const [socket, { underWay }] of connections) if (underWay === 0) socket.destroy();
    }, lookEveryMs);
    try {
      await close();
    } finally {
      clearInterval(looking);
    }
  };
}

interface Connection {
  /** Requests whose answers are not sent. */
  underWay: number;
  /** How many bytes had come when the last answer was sent; null before. */
  readBefore: number | null;
}

/** The connections that are open. */
function watchConnections(server: Server): ReadonlyMap<Socket, Connection> {
  const connections = new Map<Socket, Connection>();
  server.on('connection', (socket) => {
    connections.set(socket, { underWay: 0, readBefore: null });
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    const connection = connections.get(socket);
    if (!connection) return;
    connection.underWay += 1;
    response.once('close', () => {
      connection.underWay -= 1;
      connection.readBefore = socket.bytesRead;
    });
  });
  return connections;
}
