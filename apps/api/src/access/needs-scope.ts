import { RouteConfig } from '@nestjs/platform-fastify';
import type { Scope } from '#jobs';

/** What a route asks of its callers' keys: a scope, or no key at all. */
export type Need = Scope | 'no key';

declare module 'fastify' {
  interface FastifyContextConfig {
    need?: Need;
    /** A GET that HEAD must not stand for. */
    makesSomething?: true;
  }
}

/** The scope that a route needs, where its method does not say it: GET and HEAD need `read`, all others `submit`. */
export const NeedsScope = (scope: Scope) => RouteConfig({ need: scope });

/** A route that everybody may use; one whose caller is known by something else than a key, or does not matter. */
export const NeedsNoKey = (also: { makesSomething?: true } = {}) => RouteConfig({ need: 'no key', ...also });

/** So that a route that says nothing is not open by accident. */
export function needOf(method: string, config: { need?: Need } | undefined): Need {
  return config?.need ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'submit');
}
