import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { requireScope, type Admit } from '../access/admit.js';
import type { Caller } from '../access/caller.js';
import { needOf } from '../access/needs-scope.js';
import { answerHeaders } from '../access/security-headers.js';
import type { HttpMetrics } from '../metrics/http-metrics.js';
import type { CountRequest } from '../limits/rate-limit.js';
import { logRequests } from '../logging/log-requests.js';
import { requestIdOf } from '../logging/request-id.js';
import type { RouteTable } from '../problems/route-table.js';
import { sendProblem } from '../problems/send-problem.js';
import { toEarshotError } from '../problems/to-earshot-error.js';
import { drainRest } from './drain-rest.js';
import { addHeadRoutes } from './head-routes.js';
import { answerMalformedRequest } from './malformed-request.js';

/** Enough for all that a request's first line and headers may hold. */
const mostHeaderBytes = 16_384;
/** A model's name, an @ and a version, and some more. */
const mostParameterCharacters = 200;

/** How long slow clients are waited for; a body's own time begins when a route reads it. */
export interface Timeouts {
  /** Milliseconds for a request's headers, from the connection's begin or the last answer's end. */
  headersMs: number;
  /** Milliseconds without a byte being taken after which an answer that streams is given up. */
  stalledMs: number;
}

export interface AdapterParts {
  log: Logger;
  /** Learns the routes there are. */
  routes: RouteTable;
  admit: Admit;
  countRequest: CountRequest;
  http: HttpMetrics;
  timeouts: Timeouts;
  /** Aborted when the API stops. */
  stopping: AbortSignal;
}

/** Fastify as Nest drives it, with all that holds for every request, whatever its route. */
export async function createAdapter(parts: AdapterParts): Promise<FastifyAdapter> {
  const { log, routes, stopping, timeouts } = parts;
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
    http: {
      maxHeaderSize: mostHeaderBytes,
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: Math.min(1000, timeouts.headersMs),
    },
    routerOptions: { maxParamLength: mostParameterCharacters },
    clientErrorHandler: answerMalformedRequest,
    multipart: false,
    exposeHeadRoutes: false,
  });
  const server = adapter.getInstance();
  server.addHook('onRoute', ({ method, url, config }) => {
    for (const name of [method].flat()) routes.add(name, url, needOf(name, config));
  });
  addHeadRoutes(server);
  logRequests(server);
  parts.http.observe(server);
  guardRequests(server, parts);
  closeWhenStopping(server, stopping);
  giveUpStalledAnswers(server, timeouts.stalledMs);
  leaveBodiesUnread(server);
  await server.register(multipart);
  return adapter;
}

function guardRequests(server: FastifyInstance, { admit, countRequest }: AdapterParts): void {
  server.decorateRequest('caller', null as unknown as Caller);
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(answerHeaders(request.id));
    request.caller = await admit(request, reply);
    // A request that is refused for its scope has been counted, and says so.
    await countRequest(request.caller, reply);
    requireScope(request, reply);
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

/** A client that takes no more of what it asked for would hold a stream of the store open for as long as it likes. */
function giveUpStalledAnswers(server: FastifyInstance, stalledMs: number): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (payload instanceof Readable) reply.raw.setTimeout(stalledMs, () => reply.raw.destroy());
    done();
  });
}

/** Bodies are streams that their routes read; forms have a reader of their own. */
function leaveBodiesUnread(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
}
