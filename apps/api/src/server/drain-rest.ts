import type { IncomingMessage } from 'node:http';

/** Enough for a client that looks for an answer only after its last byte, unless its body is really large. */
const mostBytes = 16 * 2 ** 20;
const mostMs = 5000;

/**
 * Reads on, after an answer that came before the end of the body: closing at once would reset the connection, and the
 * client would lose the answer. Ends the connection after 5 s or 16 MiB.
 */
export function drainRest(raw: IncomingMessage): void {
  if (raw.complete || raw.destroyed) return;
  const end = (): void => {
    // Once the body has come, the connection may already carry the next request.
    if (!raw.complete) raw.socket.destroy();
  };
  const timer = setTimeout(end, mostMs).unref();
  let left = mostBytes;
  raw.unpipe();
  raw.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  raw.once('close', () => clearTimeout(timer));
  raw.resume();
}
