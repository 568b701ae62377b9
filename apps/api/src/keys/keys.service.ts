import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { createKey, EarshotError, isKeyId, listKeys, revokeKey, type KeyRecord, type NewKey } from '#jobs';
import type { Audit } from '../audit/audit.js';
import type { KnownKeys } from './known-keys.js';

export interface KeysParts {
  redis: Redis;
  known: KnownKeys;
  audit: Audit;
}

/** The API keys there are; every change is noted in the audit log. */
export class KeysService {
  constructor(private readonly parts: KeysParts) {}

  /** Makes a key; two requests make two. */
  async create(request: FastifyRequest, asked: NewKey): Promise<{ text: string; record: KeyRecord }> {
    const made = await createKey(this.parts.redis, asked);
    const { id, owner, scopes, name } = made.record;
    await this.parts.audit.record(request, 'key.create', { key: id, owner, scopes, name });
    return made;
  }

  list(): Promise<KeyRecord[]> {
    return listKeys(this.parts.redis);
  }

  /**
   * Ends a key; ending it twice ends it once.
   *
   * @throws EarshotError `key_not_found`
   */
  async revoke(request: FastifyRequest, id: string): Promise<void> {
    const outcome = isKeyId(id) ? await revokeKey(this.parts.redis, id) : 'missing';
    if (outcome === 'missing')
      throw new EarshotError('key_not_found', 'There is no key of that id; GET /keys lists those there are.');
    this.parts.known.forget();
    if (outcome === 'revoked') await this.parts.audit.record(request, 'key.revoke', { key: id });
  }
}
