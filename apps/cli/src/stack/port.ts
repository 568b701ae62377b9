import { once } from 'node:events';
import { createServer } from 'node:net';
import { CommandError } from '../command-error.js';

const inUse = 'is in use: stop what uses it, or choose another: EARSHOT_PORT=3001 npm start';

/**
 * Makes sure that a server can listen on `port`.
 *
 * @throws CommandError that says what to type, if it cannot
 */
export async function requireFreePort(host: string, port: string): Promise<void> {
  const server = createServer();
  try {
    await once(server.listen({ host, port: Number(port), exclusive: true }), 'listening');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new CommandError(`port ${port} ${code === 'EADDRINUSE' ? inUse : `cannot be used: ${message}`}`, { cause });
  }
  await once(server.close(), 'close');
}
