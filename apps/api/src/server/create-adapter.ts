import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { requireLocalCaller } from '../access/access-rules.js';
import { securityHeaders } from '../access/security-headers.js';
import { logRequests } from '../logging/log-requests.js';
import { requestIdOf } from '../logging/request-id.js';
import type { RouteTable } from '../problems/route-table.js';
import { sendProblem } from '../problems/send-problem.js';
import { toEarshotError } from '../problems/to-earshot-error.js';
import { drainRest } from './drain-rest.js';
import { answerMalformedRequest } from './malformed-request.js';

/** Fastify as Nest drives it, with all that holds for every request, whatever its route. */
export async function createAdapter(log: Logger, routes: RouteTable): Promise<FastifyAdapter> {
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    // A request on a connection that is kept is answered while others finish; the answer closes it.
    return503OnClosing: false,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(request, reply, toEarshotError(error)),
    clientErrorHandler: answerMalformedRequest,
    multipart: false,
  });
  const server = adapter.getInstance();
  server.addHook('onRoute', ({ method, url }) => [method].flat().forEach((name) => routes.add(name, url)));
  logRequests(server);
  guardRequests(server);
  leaveBodiesUnread(server);
  await server.register(multipart);
  return adapter;
}

function guardRequests(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers({ ...securityHeaders, 'x-request-id': request.id });
    requireLocalCaller(request.headers);
    done();
  });
  server.addHook('onResponse', (request, _reply, done) => {
    drainRest(request.raw);
    done();
  });
}

/** Bodies are streams that their routes read; forms have a reader of their own. */
function leaveBodiesUnread(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
}
