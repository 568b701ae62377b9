import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';

/**
 * Has HEAD answered wherever GET is, by the same handler and without the body; but not where asking makes something
 * (`makesSomething` of the route's config): nobody expects that of HEAD.
 *
 * Fastify's own HEAD routes read a stream to its end, which of an input means all its bytes, and of a stream of events
 * that somebody listens who is long gone.
 */
export function addHeadRoutes(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (![route.method].flat().includes('GET') || route.config?.makesSomething === true) return;
    const { url, handler, config, constraints } = route;
    const head: RouteOptions = { method: 'HEAD', url, handler, onSend: leaveBodyOut, ...(config && { config }) };
    server.route({ ...head, ...(constraints && { constraints }) });
  });
}

type Done = (error: Error | null, payload: unknown) => void;

function leaveBodyOut(_request: FastifyRequest, reply: FastifyReply, payload: unknown, done: Done): void {
  if (payload instanceof Readable) {
    payload.on('error', () => undefined).destroy();
    // Empty, and of no length: that which the route has told of its bytes stays.
    return done(null, Readable.from([]));
  }
  if (typeof payload === 'string' || payload instanceof Uint8Array)
    void reply.header('content-length', Buffer.byteLength(payload));
  done(null, null);
}
