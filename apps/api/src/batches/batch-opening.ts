import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import {
  closeBatch,
  EarshotError,
  inputKey,
  newBatchId,
  openBatch,
  readBatch,
  requireAllowedAddress,
  requireRoom,
  submitUnpacking,
  type BatchesQueue,
  type EgressAllow,
  type QuotaLimits,
} from '#jobs';
import { windowOf } from '#models/card';
import type { IdempotencyKeys } from '../idempotency/idempotency-keys.js';
import { makeOnceOf } from '../idempotency/make-once.js';
import type { ModelCatalog } from '../models/model-catalog.js';
import type { BatchIntake } from './batch-intake.js';
import { checkItems } from './check-items.js';
import { printOf, type Opening, type ReceivingParts } from './opening.js';
import { receiveOpening } from './receive-opening.js';
import { mostItemsBytes } from './batch-item.js';

export interface OpeningParts extends ReceivingParts {
  redis: Redis;
  catalog: ModelCatalog;
  keys: IdempotencyKeys;
  intake: BatchIntake;
  queue: BatchesQueue;
  /** Where files may be fetched, and webhooks be, besides public addresses. */
  egressAllow: EgressAllow;
  /** Of each owner. */
  quotas: QuotaLimits;
  /** How long a batch stays open without a new file. */
  batchIdleMs: number;
}

/**
 * Opens batches, with what the request brings for them:
 *
 * ```
 * stage what comes -> check it -> open the batch -> take its files, or have its archive unpacked -> close it
 *        `-- on failure, remove it --'
 * ```
 * Each step behind the check can be repeated: where a process dies, a repeat with the same Idempotency-Key goes on, and
 * what nobody goes on with is closed when its time is over. An archive is unpacked by a worker in any case.
 */
export class BatchOpening {
  constructor(private readonly parts: OpeningParts) {}

  /**
   * Opens a batch, once for all requests with the same Idempotency-Key.
   *
   * @returns its id
   * @throws EarshotError why there is none
   */
  async open(request: FastifyRequest): Promise<string> {
    const { redis, keys, quotas } = this.parts;
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > mostItemsBytes) await requireRoom(redis, request.caller.owner, announced, quotas);
    let opening: Opening | undefined;
    let [isOpen, isNeeded] = [false, true];
    const open = async (id: string): Promise<void> => {
      await this.requireOpen(request, id, opening as Opening);
      isOpen = true;
      await this.fill(request, id, opening as Opening);
    };
    try {
      return await makeOnceOf(keys, request, {
        newId: newBatchId,
        receive: async (id) => {
          isNeeded = id !== null;
          opening = await receiveOpening(request, id, this.parts);
          return printOf(opening);
        },
        // Whether all was done cannot be seen from the batch; to do it again is harmless.
        exists: () => Promise.resolve(false),
        make: open,
      });
    } catch (error) {
      if (opening && isNeeded && !isOpen && error instanceof EarshotError) this.discard(request, opening);
      throw error;
    }
  }

  private async requireOpen(request: FastifyRequest, id: string, opening: Opening): Promise<void> {
    const { redis, catalog, egressAllow, batchIdleMs, quotas } = this.parts;
    const { owner } = request.caller;
    if ((await readBatch(redis, owner, id)) !== null) return;
    const { asked, archive } = opening;
    const { files, bytes } = sizeOf(opening);
    if (files > 0) await requireRoom(redis, owner, bytes, quotas);
    const { name, version, digest, groupLimit, card } = await catalog.require(asked.model);
    if (asked.webhook) await requireAllowedAddress(asked.webhook.url, egressAllow);
    await checkItems(owner, asked.items ?? [], this.parts);
    await openBatch(redis, id, {
      owner,
      model: { name, version, digest },
      groupLimit: windowOf(card) ? 1 : groupLimit,
      kind: card.input.kind,
      label: card.queue,
      ...{ reuse: asked.reuse, priority: asked.priority, metadata: asked.metadata },
      timeoutMs: Math.round(asked.timeout * 1000),
      webhook: asked.webhook && { events: ['batch.finished'], ...asked.webhook },
      idleMs: batchIdleMs,
      ...(archive && {
        archive: { key: archive.key, format: archive.format, bytes: archive.bytes, closes: asked.close ?? true },
      }),
    });
  }

  private async fill(request: FastifyRequest, id: string, { asked, archive, files }: Opening): Promise<void> {
    const { redis, intake, queue } = this.parts;
    const batch = await readBatch(redis, request.caller.owner, id);
    if (batch === null) throw new EarshotError('batch_not_found', 'There is no such batch any more.');
    const { items = [] } = asked;
    if (archive !== null) {
      // An earlier request with the same key has opened the batch with its own copy.
      if (archive.key !== batch.archive?.key) intake.discard(request, archive.key);
      await submitUnpacking(queue, id);
      return;
    }
    await intake.takeStaged(request, batch, files);
    await intake.takeItems(request, batch, items);
    if (asked.close ?? files.length + items.length > 0) await closeBatch(redis, id);
  }

  private discard(request: FastifyRequest, { archive, files }: Opening): void {
    const { intake } = this.parts;
    if (archive !== null) intake.discard(request, archive.key);
    for (const { jobId, input } of files)
      if (input !== null) intake.discard(request, inputKey(request.caller.owner, jobId));
  }
}

function sizeOf({ asked, archive, files }: Opening): { files: number; bytes: number } {
  const sent = files.reduce((sum, { input }) => sum + (input?.bytes ?? 0), archive?.bytes ?? 0);
  return { files: files.length + (asked.items?.length ?? 0) + (archive === null ? 0 : 1), bytes: sent };
}
