import { openAsBlob } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { EarshotClient } from './earshot-client.js';

const count = z.number().int();

export const batchSchema = z.looseObject({
  id: z.string(),
  status: z.enum(['open', 'running', 'finished', 'canceled']),
  model: z.looseObject({ name: z.string(), version: z.string() }),
  counts: z.object({
    ...{ total: count, queued: count, running: count },
    ...{ succeeded: count, failed: count, canceled: count, expired: count },
  }),
  finishedAt: z.string().nullable(),
  /** Of one that was opened with an archive. */
  unpacking: z
    .looseObject({ status: z.string(), error: z.looseObject({ code: z.string(), detail: z.string() }).nullable() })
    .nullish(),
});
export type Batch = z.infer<typeof batchSchema>;

const sentFileSchema = z.looseObject({ path: z.string(), sha256: z.string(), bytes: z.number() });
/** A file that the server has. */
export type SentFile = z.infer<typeof sentFileSchema>;

const resultSchema = z.looseObject({
  path: z.string(),
  status: z.string(),
  error: z.looseObject({ code: z.string(), detail: z.string() }).nullable(),
});
export type BatchResult = z.infer<typeof resultSchema>;

/** The batches of one Earshot, over HTTP. Every method fails as EarshotClient's do. */
export class BatchesClient {
  constructor(private readonly client: EarshotClient) {}

  /** Opens a batch; twice with one key, it is the one that was opened first. */
  async open(fields: { model: string; reuse: boolean }, key: string): Promise<Batch> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const init = { method: 'POST', headers, body: JSON.stringify(fields) };
    return batchSchema.parse((await this.client.send('batches', init)).body);
  }

  /**
   * Opens a batch with an archive, which is unpacked there.
   *
   * @param file path on this machine; it is streamed from disk
   */
  async openArchive(file: string, { model, reuse }: { model: string; reuse: boolean }, key: string): Promise<Batch> {
    const headers = { 'content-type': 'application/octet-stream', 'idempotency-key': key };
    const query = new URLSearchParams({ model, reuse: String(reuse) }).toString();
    const init = { method: 'POST', headers, body: await openAsBlob(file) };
    return batchSchema.parse((await this.client.send(`batches?${query}`, init)).body);
  }

  async read(id: string): Promise<Batch> {
    return batchSchema.parse((await this.client.send(`batches/${id}`)).body);
  }

  /** @param file path on this machine; it is streamed from disk */
  async add(id: string, path: string, file: string): Promise<void> {
    const body = await openAsBlob(file);
    await this.client.send(`batches/${id}/files?path=${encodeURIComponent(path)}`, { method: 'POST', body });
  }

  async close(id: string): Promise<void> {
    await this.client.send(`batches/${id}/close`, { method: 'POST' });
  }

  files(id: string): AsyncGenerator<SentFile> {
    return this.lines(`batches/${id}/files`, sentFileSchema);
  }

  results(id: string): AsyncGenerator<BatchResult> {
    return this.lines(`batches/${id}/results`, resultSchema);
  }

  /** The results as CSV. */
  async csv(id: string): Promise<Readable> {
    return Readable.fromWeb(await this.client.stream(`batches/${id}/results?format=csv`));
  }

  private async *lines<T>(path: string, schema: z.ZodType<T>): AsyncGenerator<T> {
    const input = Readable.fromWeb(await this.client.stream(path));
    try {
      for await (const line of createInterface({ input, crlfDelay: Infinity }))
        if (line !== '') yield schema.parse(JSON.parse(line));
    } finally {
      input.destroy();
    }
  }
}
