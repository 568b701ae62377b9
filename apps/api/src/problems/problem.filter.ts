import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EarshotError } from '#jobs';
import { toErrorFields } from '../logging/error-fields.js';
import { requestPath } from './request-path.js';
import type { RouteTable } from './route-table.js';
import { sendProblem } from './send-problem.js';
import { toEarshotError } from './to-earshot-error.js';

/** Every error of a request ends here, Nest's and Fastify's own among them, and becomes a problem. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly routes: RouteTable) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    // Nothing of ours throws Nest's exception: it is what Nest itself says of a request that no route takes.
    const error =
      exception instanceof NotFoundException ? this.toRouteError(request, reply) : toEarshotError(exception);
    if (error.code === 'internal_error') request.log.error(toErrorFields(error.cause), 'request failed');
    if (reply.raw.headersSent) reply.raw.destroy();
    else sendProblem(request, reply, error);
  }

  private toRouteError(request: FastifyRequest, reply: FastifyReply): EarshotError {
    const path = requestPath(request);
    const methods = this.routes.methodsOf(path);
    if (methods.length === 0)
      return new EarshotError('route_not_found', `There is nothing at ${path}; docs/api.md lists the routes.`);
    reply.header('allow', methods.join(', '));
    return new EarshotError('method_not_allowed', `${path} takes ${methods.join(', ')}, not ${request.method}.`);
  }
}
