import type { FastifyRequest } from 'fastify';
import { EarshotError } from '#jobs';
import { requestPath } from '../problems/request-path.js';
import { requireSameRequest, type IdempotencyKeys } from './idempotency-keys.js';
import { idempotencyKeyOf } from './idempotency-key.js';

export interface Making {
  newId: () => string;
  /**
   * Receives the body, and returns what tells the request from others, of `fingerprintOf`; not its method and path, which
   * are added.
   *
   * @param id of what is made of it; null if all of it has been made, so that nothing need be kept
   */
  receive: (id: string | null) => Promise<string>;
  exists: (id: string) => Promise<boolean>;
  /** Must be harmless to run twice for the same id, and throw an EarshotError only if nothing was made, for certain. */
  make: (id: string) => Promise<void>;
  /** Does what is left to be done once it is made. Must be harmless to repeat; whatever it throws, a repeat goes on with it. */
  complete: (id: string) => Promise<void>;
}

/**
 * Makes something, once for all requests of this owner with the same `Idempotency-Key`; without a key, every time. For
 * requests that are received before anything is made of them; a repeat of one that died halfway receives its body as the
 * first did.
 *
 * @returns the id of what was made, now or by the first such request
 * @throws EarshotError `idempotency_key_in_use`, `idempotency_key_reused`, or what the steps throw
 */
export async function makeOnce(keys: IdempotencyKeys, request: FastifyRequest, making: Making): Promise<string> {
  const key = idempotencyKeyOf(request.headers);
  if (key === undefined) {
    const id = making.newId();
    await making.receive(id);
    await making.make(id);
    await making.complete(id);
    return id;
  }
  const claim = await keys.claim(request.caller.owner, key);
  const { first } = claim;
  let isSame = first === null;
  let isMade = false;
  try {
    const id = first?.id ?? making.newId();
    const print = `${request.method} ${requestPath(request)} ${await making.receive(first?.isDone ? null : id)}`;
    if (first === null) await claim.commit(id, print);
    else requireSameRequest(first, print);
    isSame = true;
    if (first?.isDone) return id;
    if (first === null || !(await making.exists(id))) await making.make(id);
    isMade = true;
    await making.complete(id);
    // Should this fail, a repeat finds by the id what was made.
    await claim.finish(id).catch(() => undefined);
    return id;
  } catch (error) {
    const isHeld = !isMade && (first === null || (isSame && !first.isDone));
    if (isHeld && error instanceof EarshotError) await claim.release().catch(() => undefined);
    throw error;
  } finally {
    claim.close();
  }
}
