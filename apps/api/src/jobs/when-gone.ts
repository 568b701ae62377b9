import type { FastifyReply } from 'fastify';

/** Aborted when the caller closes the connection before the answer; and after it, when nobody minds any more. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}
