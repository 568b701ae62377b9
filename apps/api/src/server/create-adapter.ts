import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Admit } from '../access/admit.js';
import type { Caller } from '../access/caller.js';
import { needOf } from '../access/needs-scope.js';
import { answerHeaders } from '../access/security-headers.js';
import type { CountRequest } from '../limits/rate-limit.js';
import { logRequests } from '../logging/log-requests.js';
import { requestIdOf } from '../logging/request-id.js';
import type { RouteTable } from '../problems/route-table.js';
import { sendProblem } from '../problems/send-problem.js';
import { toEarshotError } from '../problems/to-earshot-error.js';
import { drainRest } from './drain-rest.js';
import { answerMalformedRequest } from './malformed-request.js';

export interface AdapterParts {
  log: Logger;
  /** Learns the routes there are. */
  routes: RouteTable;
  admit: Admit;
  countRequest: CountRequest;
  /** Aborted when the API stops. */
  stopping: AbortSignal;
}

/** Fastify as Nest drives it, with all that holds for every request, whatever its route. */
export async function createAdapter(parts: AdapterParts): Promise<FastifyAdapter> {
  const { log, routes, stopping } = parts;
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    // What comes on a connection that is kept is still answered while others finish.
    return503OnClosing: false,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      // No hook has run for these.
      sendProblem(request, reply.headers(answerHeaders(request.id)), toEarshotError(error)),
    clientErrorHandler: answerMalformedRequest,
    multipart: false,
  });
  const server = adapter.getInstance();
  server.addHook('onRoute', ({ method, url, config }) => {
    for (const name of [method].flat()) routes.add(name, url, needOf(name, config));
  });
  logRequests(server);
  guardRequests(server, parts);
  closeWhenStopping(server, stopping);
  leaveBodiesUnread(server);
  await server.register(multipart);
  return adapter;
}

function guardRequests(server: FastifyInstance, { admit, countRequest }: AdapterParts): void {
  server.decorateRequest('caller', null as unknown as Caller);
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(answerHeaders(request.id));
    request.caller = await admit(request, reply);
    await countRequest(request.caller, reply);
  });
  server.addHook('onResponse', (request, _reply, done) => {
    drainRest(request.raw);
    done();
  });
}

/** A connection that stayed open after its last answer would hold up the end for as long as keep-alive lasts. */
function closeWhenStopping(server: FastifyInstance, stopping: AbortSignal): void {
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping.aborted) void reply.header('connection', 'close');
    done();
  });
}

/** Bodies are streams that their routes read; forms have a reader of their own. */
function leaveBodiesUnread(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
}
