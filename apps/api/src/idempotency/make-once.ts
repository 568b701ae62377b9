import type { FastifyRequest } from 'fastify';
import { EarshotError } from '#jobs';
import { requestPath } from '../problems/request-path.js';
import { requireSameRequest, type IdempotencyKeys } from './idempotency-keys.js';
import { idempotencyKeyOf } from './idempotency-key.js';

export interface Making {
  /** What tells the request from others, of `fingerprintOf`; not its method and path, which are added. */
  print: string;
  newId: () => string;
  exists: (id: string) => Promise<boolean>;
  /** Must be harmless to run twice for the same id, and throw an EarshotError only if nothing was made, for certain. */
  make: (id: string) => Promise<void>;
}

/**
 * Makes something, once for all requests of this owner with the same `Idempotency-Key`; without a key, every time. For
 * requests that are read before anything is made of them.
 *
 * @returns the id of what was made, now or by the first such request
 * @throws EarshotError `idempotency_key_in_use`, `idempotency_key_reused`, or what `make` throws
 */
export async function makeOnce(keys: IdempotencyKeys, request: FastifyRequest, making: Making): Promise<string> {
  const key = idempotencyKeyOf(request.headers);
  if (key === undefined) {
    const id = making.newId();
    await making.make(id);
    return id;
  }
  const print = `${request.method} ${requestPath(request)} ${making.print}`;
  const claim = await keys.claim(request.caller.owner, key);
  try {
    const { first } = claim;
    if (first !== null) requireSameRequest(first, print);
    if (first?.isDone) return first.id;
    const id = first?.id ?? making.newId();
    if (first === null) await claim.commit(id, print);
    if (first === null || !(await making.exists(id))) await making.make(id);
    // Should this fail, a repeat finds by the id what was made.
    await claim.finish(id).catch(() => undefined);
    return id;
  } catch (error) {
    const isOurs = claim.first === null || claim.first.print === print;
    if (isOurs && error instanceof EarshotError) await claim.release().catch(() => undefined);
    throw error;
  } finally {
    claim.close();
  }
}
