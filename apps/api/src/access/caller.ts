import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who sent a request. Everything that is made belongs to its owner, and what another owner has does not exist. */
export interface Caller {
  owner: string;
}

/** Everybody on this machine, as long as there are no API keys. */
export const localCaller: Caller = { owner: 'local' };

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any route runs. */
    caller: Caller;
  }
}

/** A route's parameter: the owner whom the caller acts for. */
export const Owner = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().caller.owner,
);
