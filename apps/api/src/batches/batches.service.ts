import { Readable } from 'node:stream';
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
  listFiles,
  markCanceled,
  type ObjectStore,
  readArchivedBatch,
  readBatch,
  resultLines,
  retryFiles,
  toBatchView,
} from '#jobs';

export interface BatchesParts {
  redis: Redis;
  store: ObjectStore;
}

/** The batches there are: reading one, and what ends it. */
export class BatchesService {
  constructor(private readonly parts: BatchesParts) {}

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
      mapLines(flatten(listFiles(redis, id)), ({ path, sha256, bytes, end }) => ({
        path,
        sha256: sha256 ?? end?.sha256 ?? null,
        bytes: bytes ?? end?.bytes ?? null,
      })),
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
