import { asBytes, withBody, type Bytes } from './bytes.js';
import type { Connection, OnceOptions, RequestOptions } from './connection.js';
import type { Batch, BatchFile, BatchFileLine, BatchResult, operations } from './description.js';
import { followEvents, type FollowOptions, type ServerSentEvent } from './follow.js';
import { asForm, toForm, toTexts, type FilePart } from './form.js';
import { readJsonLines } from './lines.js';
import { pause } from './pause.js';
import { retryAfterMs } from './problem.js';

/** What a batch is asked for; with `items`, files that a worker gets. */
export type BatchRequest = operations['openBatch']['requestBody']['content']['application/json'];
/** What a batch is asked for that is opened with bytes. */
export type BatchFields = Omit<BatchRequest, 'items'>;

/** A file to be sent, under its path within the batch: relative, with slashes. */
export interface FileToSend {
  path: string;
  bytes: FilePart['bytes'];
}

/** What happened to a batch: its counts have changed; it has finished. */
export interface BatchUpdate extends ServerSentEvent {
  type: 'progress' | 'finished';
  data: Batch;
}

const defaultLookMs = 1000;

/** Batches: folders of recordings, a job for each file. */
export class BatchesClient {
  constructor(private readonly connection: Connection) {}

  open(body: BatchRequest, options: OnceOptions = {}): Promise<Batch> {
    const header = this.connection.once(options);
    return this.connection.call((api, sending) => api.POST('/batches', { params: { header }, body, ...sending }), {
      ...options,
      isHarmless: 'Idempotency-Key' in header,
    });
  }

  /** Opens a batch with a zip, tar or tar.gz archive, which a worker unpacks. */
  openWithArchive(archive: Bytes, fields: BatchFields, options: OnceOptions = {}): Promise<Batch> {
    const header = this.connection.once(options);
    const params = { query: toTexts(fields) as object, header };
    return this.connection.call(
      (api, sending) => api.POST('/batches', { params, body: archive, ...asBytes, ...sending }),
      { ...withBody(archive, options), isHarmless: 'Idempotency-Key' in header },
    );
  }

  /** Opens a batch with files, all in one request. */
  openWithFiles(files: readonly FileToSend[], fields: BatchFields, options: OnceOptions = {}): Promise<Batch> {
    const header = this.connection.once(options);
    const parts = files.map(({ path, bytes }) => ({ part: 'file', bytes, filename: path }));
    return this.connection.call(
      (api, sending) => {
        const body = toForm(fields, parts) as never;
        return api.POST('/batches', { params: { header }, body, ...asForm, ...sending });
      },
      { ...options, isHarmless: 'Idempotency-Key' in header },
    );
  }

  async get(id: string, options?: RequestOptions): Promise<Batch> {
    return (await this.look(id, options)).data;
  }

  /** Waits until every file has ended, and no more can come; looks as often as the answers ask for. */
  async wait(id: string, options: RequestOptions = {}): Promise<Batch> {
    for (;;) {
      const { data: batch, response } = await this.look(id, options);
      if (batch.finishedAt !== null) return batch;
      await pause(retryAfterMs(response) ?? defaultLookMs, this.connection.signalOf(options));
    }
  }

  /** Adds a file; one that is there already, with the same bytes, is not predicted again. */
  addFile(id: string, path: string, bytes: Bytes, options: RequestOptions = {}): Promise<BatchFile> {
    const params = { path: { id }, query: { path } };
    return this.connection.call(
      (api, sending) => api.POST('/batches/{id}/files', { params, body: bytes, ...asBytes, ...sending }),
      { ...withBody(bytes, options), isHarmless: true },
    );
  }

  /** Says that no more files will come. */
  close(id: string, options?: RequestOptions): Promise<Batch> {
    const params = { path: { id } };
    return this.connection.call((api, sending) => api.POST('/batches/{id}/close', { params, ...sending }), {
      ...options,
      isHarmless: true,
    });
  }

  cancel(id: string, options?: RequestOptions): Promise<Batch> {
    const params = { path: { id } };
    return this.connection.call((api, sending) => api.POST('/batches/{id}/cancel', { params, ...sending }), options);
  }

  /** Runs the failed files again. */
  retry(id: string, options?: RequestOptions): Promise<Batch> {
    const params = { path: { id } };
    return this.connection.call((api, sending) => api.POST('/batches/{id}/retry', { params, ...sending }), options);
  }

  /** The files that it has, in the order in which they came. */
  async *files(id: string, options?: RequestOptions): AsyncGenerator<BatchFileLine> {
    const request = { params: { path: { id } }, parseAs: 'stream' } as const;
    yield* readJsonLines<BatchFileLine>(
      await this.connection.stream(
        (api, sending) => api.GET('/batches/{id}/files', { ...request, ...sending }),
        options,
      ),
    );
  }

  /** How each file fares, in the order in which they came, also while the batch is under way. */
  async *results(id: string, options?: RequestOptions): AsyncGenerator<BatchResult> {
    yield* readJsonLines<BatchResult>(await this.resultsAs('ndjson', id, options));
  }

  /** The results as CSV, as they come. */
  resultsCsv(id: string, options?: RequestOptions): Promise<ReadableStream<Uint8Array>> {
    return this.resultsAs('csv', id, options);
  }

  /** What happens to a batch until it has finished; taken up again where the stream breaks off. */
  events(id: string, options: FollowOptions = {}): AsyncGenerator<BatchUpdate> {
    const open = (header: { 'Last-Event-ID'?: string }) =>
      this.connection.exchange(
        (api, sending) =>
          api.GET('/batches/{id}/events', { params: { path: { id }, header }, parseAs: 'stream', ...sending }),
        { ...options, isHarmless: true },
      );
    return followEvents<BatchUpdate>(open, options, this.connection.signalOf(options));
  }

  private resultsAs(format: 'csv' | 'ndjson', id: string, options?: RequestOptions) {
    const request = { params: { path: { id }, query: { format } }, parseAs: 'stream' } as const;
    return this.connection.stream(
      (api, sending) => api.GET('/batches/{id}/results', { ...request, ...sending }),
      options,
    );
  }

  private look(id: string, options?: RequestOptions): Promise<{ data: Batch; response: Response }> {
    const params = { path: { id } };
    return this.connection.exchange((api, sending) => api.GET('/batches/{id}', { params, ...sending }), {
      ...options,
      isHarmless: true,
    });
  }
}
