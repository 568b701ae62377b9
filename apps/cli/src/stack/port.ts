import { once } from 'node:events';
import { createServer } from 'node:net';
import { CommandError } from '../command-error.js';

/**
 * Makes sure that a server can listen on `port`.
 *
 * @throws CommandError that says what to type, if the port is taken or may not be used
 */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    await once(server.listen({ host, port, exclusive: true }), 'listening');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'in use' : (error as Error).message;
    throw new CommandError(
      `port ${port} is ${reason}: stop what uses it, or choose another: EARSHOT_PORT=${port + 1} npm start`,
      {
        cause: error,
      },
    );
  } finally {
    server.close();
  }
}
