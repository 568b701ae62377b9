import type { FastifyReply } from 'fastify';

/** Aborted when the caller closes the connection before the answer; and after it, when nobody minds any more. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort();
  // It may have left while something was looked up for it.
  if (reply.raw.closed) abort();
  else reply.raw.once('close', abort);
  return controller.signal;
}
