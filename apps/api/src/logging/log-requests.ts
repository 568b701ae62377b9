import type { FastifyInstance } from 'fastify';
import { requestPath } from '../problems/request-path.js';

/** Asked all the time by supervisors. */
const quietPaths = ['/livez', '/readyz'];

/** One line for each request once it is over, answered or not; without its query and headers, which may hold secrets. */
export function logRequests(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    const path = requestPath(request);
    const level = quietPaths.includes(path) ? 'debug' : 'info';
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.statusCode : null;
      const key = request.caller?.keyId ?? undefined;
      const line = { method: request.method, path, status, ms: Math.round(reply.elapsedTime), key };
      request.log[level](line, status === null ? 'client left' : 'request');
    });
    done();
  });
}
