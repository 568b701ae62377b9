import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { keyScopes, type Scope } from '#jobs';

/** Who sent a request. Everything that is made belongs to its owner, and what another owner has does not exist. */
export interface Caller {
  owner: string;
  /** The id of the API key; null without one. */
  keyId: string | null;
  scopes: readonly Scope[];
}

/** Everybody on this machine, as long as no API keys are asked for. */
export const localCaller: Caller = { owner: 'local', keyId: null, scopes: keyScopes };

/** Who has shown no key, on a route that needs none. It owns nothing, as no key has such an owner. */
export const anonymousCaller: Caller = { owner: '', keyId: null, scopes: [] };

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
