import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Gauge, Histogram, Registry } from 'prom-client';

/** Upper bounds in seconds: an answer at once, and one that is waited for. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** As proxies log it when the client has left before its answer. */
const clientLeft = 499;

/**
 * Counts and times the requests of one API. What tells them apart is bounded: the pattern of a route, never a path, and
 * nothing of who sent them.
 */
export class HttpMetrics {
  readonly registry = new Registry();

  private readonly durations = new Histogram({
    name: 'earshot_http_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer; status 499: the client left.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [this.registry],
  });

  private readonly inFlight = new Gauge({
    name: 'earshot_http_requests_in_flight',
    help: 'Requests that are being answered, streams of events included.',
    registers: [this.registry],
  });

  /** Has to come before the hooks that may refuse a request. */
  observe(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      this.inFlight.inc();
      reply.raw.once('close', () => {
        this.inFlight.dec();
        const status = reply.raw.writableFinished ? reply.statusCode : clientLeft;
        this.durations.observe({ ...routeOf(request), status }, reply.elapsedTime / 1000);
      });
      done();
    });
  }
}

function routeOf({ method, routeOptions }: FastifyRequest): { method: string; route: string } {
  return routeOptions.url === undefined ? { method: 'any', route: 'none' } : { method, route: routeOptions.url };
}
