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
import { makeOnce } from '../idempotency/make-once.js';
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
 * what nobody goes on with is closed when its time is over; a repeat after that is told so. An archive is unpacked by a
 * worker in any case.
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
    let opening: Opening | undefined;
    let [isOpen, isNeeded] = [false, true];
    const isThere = async (id: string) => (await readBatch(this.parts.redis, request.caller.owner, id)) !== null;
    try {
      return await makeOnce(this.parts.keys, request, {
        newId: newBatchId,
        receive: async (id) => {
          isNeeded = id !== null;
          if (id !== null && isLarge(request) && !(await isThere(id))) await this.requireRoomFor(request);
          opening = await receiveOpening(request, id, this.parts);
          return printOf(opening);
        },
        exists: isThere,
        make: (id) => this.make(request, id, opening as Opening),
        complete: (id) => {
          isOpen = true;
          return this.fill(request, id, opening as Opening);
        },
      });
    } catch (error) {
      if (opening && isNeeded && !isOpen && error instanceof EarshotError) this.discard(request, opening);
      throw error;
    }
  }

  private requireRoomFor(request: FastifyRequest): Promise<void> {
    return requireRoom(this.parts.redis, request.caller.owner, announcedBytes(request), this.parts.quotas);
  }

  private async make(request: FastifyRequest, id: string, opening: Opening): Promise<void> {
    const { redis, catalog, egressAllow, batchIdleMs, quotas } = this.parts;
    const { owner } = request.caller;
    const { asked, archive } = opening;
    const { files, bytes } = sizeOf(opening);
    if (files > 0) await requireRoom(redis, owner, bytes, quotas, files);
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
    const { redis, intake, queue, uploads } = this.parts;
    const batch = await readBatch(redis, request.caller.owner, id);
    if (batch === null) throw new EarshotError('batch_not_found', 'There is no such batch any more.');
    const { items = [] } = asked;
    if (archive !== null) {
      // An earlier request with the same key has opened the batch with its own copy.
      if (archive.key !== batch.archive?.key) uploads.discard(request, archive.key);
      await submitUnpacking(queue, id);
      return;
    }
    const left = (await intake.takeStaged(request, batch, files)) + (await intake.takeItems(request, batch, items));
    if (left > 0) throw closedBefore(id, left);
    if (asked.close ?? files.length + items.length > 0) await closeBatch(redis, id);
  }

  private discard(request: FastifyRequest, { archive, files }: Opening): void {
    const { uploads } = this.parts;
    if (archive !== null) uploads.discard(request, archive.key);
    for (const { jobId, input } of files)
      if (input !== null) uploads.discard(request, inputKey(request.caller.owner, jobId));
  }
}

function announcedBytes({ headers }: FastifyRequest): number {
  return Number(headers['content-length'] ?? 0);
}

/** Whether it is worth a look at the quotas before it comes. */
function isLarge(request: FastifyRequest): boolean {
  return announcedBytes(request) > mostItemsBytes;
}

/** What it asks its owner's quotas for: an archive has a job at least, and a file that is refused has none. */
function sizeOf({ asked, archive, files }: Opening): { files: number; bytes: number } {
  const sent = files.reduce((sum, { input }) => sum + (input?.bytes ?? 0), archive?.bytes ?? 0);
  const named = [...files.filter(({ input }) => input !== null), ...(asked.items ?? [])];
  return { files: new Set(named.map(({ path }) => path)).size + (archive === null ? 0 : 1), bytes: sent };
}

/** Of a request that is repeated when its batch has been closed: by its owner, or as nobody brought files any more. */
function closedBefore(id: string, left: number): EarshotError {
  const detail = `${id} was closed before all of its files had come: ${left} are not in it. Open another batch with them.`;
  return new EarshotError('batch_closed', detail);
}
