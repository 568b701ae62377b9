import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { addToAudit, readAudit, type AuditEntry, type KeptAuditEntry } from '#jobs';
import { toErrorFields } from '../logging/error-fields.js';

/** Keeps who did what to keys and models. */
export class Audit {
  constructor(private readonly redis: Redis) {}

  /**
   * Notes what a request has just done. The line in the log comes first and cannot fail; what Redis then does not take
   * is only there, as what was done is done.
   *
   * @param subject without secrets
   */
  async record(request: FastifyRequest, act: AuditEntry['act'], subject: AuditEntry['subject']): Promise<void> {
    const { owner, keyId } = request.caller;
    const entry = { act, owner, keyId, subject, requestId: request.id };
    request.log.info({ audit: entry }, 'audit');
    await addToAudit(this.redis, entry).catch((error) =>
      request.log.error({ act, ...toErrorFields(error) }, 'not in the audit log'),
    );
  }

  /** The newest first. */
  read(limit: number, before: string | null): Promise<KeptAuditEntry[]> {
    return readAudit(this.redis, limit, before);
  }
}
