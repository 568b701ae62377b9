import { createConnection } from 'node:net';

const answerMs = 1000;

/**
 * Asks the Redis on a unix socket whether it serves.
 *
 * @returns `serving` once it answers PONG, `busy` if it is there but answers otherwise or late (it loads its file, or
 * is stopping), `absent` if nothing listens
 */
export function pingRedis(socketPath: string): Promise<'serving' | 'busy' | 'absent'> {
  return new Promise((resolve) => {
    const connection = createConnection(socketPath, () => connection.write('PING\r\n'));
    let connected = false;
    connection.setTimeout(answerMs, () => connection.destroy());
    connection.once('connect', () => (connected = true));
    connection.once('data', (answer) => {
      resolve(answer.toString().startsWith('+PONG') ? 'serving' : 'busy');
      connection.destroy();
    });
    connection.once('error', () => connection.destroy());
    connection.once('close', () => resolve(connected ? 'busy' : 'absent'));
  });
}
