import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EarshotError } from '#jobs';
import { problemHeaders, toProblem } from './problem.js';
import { requestPath } from './request-path.js';

/** Answers a request with a problem. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: EarshotError): void {
  const problem = toProblem(error, requestPath(request));
  void reply.status(problem.status).headers(problemHeaders(problem)).send(JSON.stringify(problem));
}
