import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import {
  type Batch,
  type BatchCounts,
  batchResultsKey,
  type BatchView,
  cancelFiles,
  closeBatch,
  countFiles,
  EarshotError,
  type EgressAllow,
  listFiles,
  markCanceled,
  newBatchId,
  type ObjectStore,
  openBatch,
  readArchivedBatch,
  readBatch,
  requireAllowedAddress,
  resultLines,
  retryFiles,
  toBatchView,
} from '#jobs';
import { windowOf } from '#models/card';
import { fingerprintOf } from '../idempotency/idempotency-key.js';
import type { IdempotencyKeys } from '../idempotency/idempotency-keys.js';
import { makeOnce } from '../idempotency/make-once.js';
import type { ModelCatalog } from '../models/model-catalog.js';
import type { OpenBatchRequest } from './open-batch.request.js';

export interface BatchesParts {
  redis: Redis;
  store: ObjectStore;
  catalog: ModelCatalog;
  keys: IdempotencyKeys;
  jobTimeoutMs: number;
  /** Where webhooks may be besides public addresses. */
  egressAllow: EgressAllow;
}

/** The batches there are: opening one, reading it, and what ends it. */
export class BatchesService {
  constructor(private readonly parts: BatchesParts) {}

  /** The default of a file's `timeout`, and the most it may be. */
  get mostTimeoutSeconds(): number {
    return this.parts.jobTimeoutMs / 1000;
  }

  /**
   * Opens a batch, once for all requests with the same Idempotency-Key.
   *
   * @throws EarshotError `model_not_found`, or one of idempotency
   */
  async open(request: FastifyRequest, asked: OpenBatchRequest): Promise<BatchView> {
    const { owner } = request.caller;
    if (asked.webhook) await requireAllowedAddress(asked.webhook.url, this.parts.egressAllow);
    const fields = Object.entries(asked).map(([name, value]) => [name, JSON.stringify(value)] as const);
    const id = await makeOnce(this.parts.keys, request, {
      print: fingerprintOf(fields),
      newId: newBatchId,
      exists: async (made) => (await readBatch(this.parts.redis, owner, made)) !== null,
      make: (made) => this.make(owner, asked, made),
    });
    return this.view(owner, id);
  }

  private async make(owner: string, asked: OpenBatchRequest, id: string): Promise<void> {
    const { redis, catalog } = this.parts;
    const { name, version, digest, groupLimit, card } = await catalog.require(asked.model);
    await openBatch(redis, id, {
      owner,
      model: { name, version, digest },
      groupLimit: windowOf(card) ? 1 : groupLimit,
      kind: card.input.kind,
      label: card.queue,
      ...{ reuse: asked.reuse, priority: asked.priority, metadata: asked.metadata },
      timeoutMs: Math.round(asked.timeout * 1000),
      webhook: asked.webhook && { events: ['batch.finished'], ...asked.webhook },
    });
  }

  async view(owner: string, id: string): Promise<BatchView> {
    const batch = await this.require(owner, id);
    return toBatchView(batch, await this.count(batch));
  }

  /** @throws EarshotError `batch_not_found` */
  async require(owner: string, id: string): Promise<Batch> {
    const { redis, store } = this.parts;
    const batch = (await readBatch(redis, owner, id)) ?? (await readArchivedBatch(store, owner, id));
    if (batch) return batch;
    throw new EarshotError(
      'batch_not_found',
      'There is no batch of that id; POST /batches answers with those it opens.',
    );
  }

  async close(owner: string, id: string): Promise<BatchView> {
    await this.require(owner, id);
    await closeBatch(this.parts.redis, id);
    return this.view(owner, id);
  }

  /** @throws EarshotError `batch_finished` */
  async cancel(owner: string, id: string): Promise<BatchView> {
    const batch = await this.require(owner, id);
    if (!(await markCanceled(this.parts.redis, id)))
      throw new EarshotError('batch_finished', 'The batch is over; there is nothing to cancel.');
    await cancelFiles(this.parts.redis, batch);
    return this.view(owner, id);
  }

  /** Runs the failed files again. */
  async retry(owner: string, id: string): Promise<BatchView> {
    const batch = await this.require(owner, id);
    await retryFiles(this.parts, batch);
    return this.view(owner, id);
  }

  /** The files as lines of JSON, in the order in which they came. */
  async files(owner: string, id: string): Promise<Readable> {
    const { redis } = this.parts;
    const batch = await this.require(owner, id);
    if (await isArchivedOnly(redis, batch)) return this.results(owner, id);
    return Readable.from(
      mapLines(flatten(listFiles(redis, id)), ({ path, sha256, bytes }) => ({ path, sha256, bytes })),
    );
  }

  /** A line of JSON a file. */
  async results(owner: string, id: string): Promise<Readable> {
    const { redis, store } = this.parts;
    const batch = await this.require(owner, id);
    if (await isArchivedOnly(redis, batch)) return store.stream(batchResultsKey(owner, id));
    return Readable.from(mapLines(resultLines(redis, batch), (line) => line));
  }

  private async count(batch: Batch): Promise<BatchCounts> {
    if (batch.finishedAt === null) return countFiles(this.parts.redis, batch);
    return { total: batch.total, queued: 0, running: 0, ...batch.ended };
  }
}

async function isArchivedOnly(redis: Redis, { owner, id }: Batch): Promise<boolean> {
  return (await readBatch(redis, owner, id)) === null;
}

async function* flatten<T>(pages: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const page of pages) yield* page;
}

async function* mapLines<T>(values: AsyncIterable<T>, view: (value: T) => unknown): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(view(value))}\n`;
}
