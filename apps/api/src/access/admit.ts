import type { FastifyReply, FastifyRequest } from 'fastify';
import { EarshotError } from '#jobs';
import type { KnownKeys } from '../keys/known-keys.js';
import { requireLocalCaller } from './access-rules.js';
import { anonymousCaller, localCaller, type Caller } from './caller.js';
import { needOf } from './needs-scope.js';

/**
 * Tells who sent a request, before anything else is done with it. Throws an EarshotError for who is not answered; what a
 * caller may do is for {@link requireScope}.
 */
export type Admit = (request: FastifyRequest, reply: FastifyReply) => Caller | Promise<Caller>;

/** Without API keys: whoever is on this machine. */
export const admitLocal: Admit = (request) => {
  requireLocalCaller(request.headers);
  return localCaller;
};

/** With API keys: whoever shows one, if the route needs one; RFC 6750 says what the others are told. */
export function admitKeys(keys: KnownKeys): Admit {
  return async (request, reply) => {
    const need = needOf(request.method, request.routeOptions.config);
    const text = bearerOf(request.headers.authorization);
    if (need === 'no key') return callerOrAnonymous(keys, text);
    if (text === null) {
      void reply.header('www-authenticate', 'Bearer realm="earshot"');
      throw new EarshotError('key_missing', 'Send an API key: Authorization: Bearer esk_...');
    }
    const caller = await keys.callerOf(text);
    if (caller === null) {
      void reply.header('www-authenticate', 'Bearer realm="earshot", error="invalid_token"');
      throw new EarshotError('key_unknown', 'This API key is not known here, was copied wrongly, or was revoked.');
    }
    return caller;
  };
}

/** @throws EarshotError `scope_missing` for a caller whose key has not the route's scope */
export function requireScope({ method, routeOptions, caller }: FastifyRequest, reply: FastifyReply): void {
  const need = needOf(method, routeOptions.config);
  if (need === 'no key' || caller.scopes.includes(need)) return;
  void reply.header('www-authenticate', `Bearer realm="earshot", error="insufficient_scope", scope="${need}"`);
  throw new EarshotError('scope_missing', `This request needs a key with the scope ${need}.`);
}

/** What needs no key is answered whatever became of the key. */
async function callerOrAnonymous(keys: KnownKeys, text: string | null): Promise<Caller> {
  const caller = text === null ? null : await keys.callerOf(text).catch(() => null);
  return caller ?? anonymousCaller;
}

function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer +([^\s,]{1,200})$/i.exec(authorization ?? '')?.[1] ?? null;
}
