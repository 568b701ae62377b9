import type { FastifyRequest } from 'fastify';

/** The request's path without its query, which may hold what nobody else should see. */
export function requestPath({ url }: Pick<FastifyRequest, 'url'>): string {
  return url.split('?', 1)[0] ?? '';
}
