import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { inputKey, newJobId, submitJob, type ObjectStore } from '#jobs';
import type { ModelRecord } from '#models/catalog';
import type { Health } from '../health/health.js';
import { toErrorFields } from '../logging/error-fields.js';
import type { ModelCatalog } from '../models/model-catalog.js';
import type { InferenceQueues } from '../queue/inference-queues.js';
import { inputTooLarge } from './input-meter.js';
import { localOwner } from './owner.js';
import { rejectOnAbort } from './reject-on-abort.js';
import { receiveForm, type ReceivedForm } from './receive-form.js';
import { StagedInput } from './staged-input.js';
import { parseSubmitJobRequest, type Field, type SubmitJobRequest } from './submit-job.request.js';
import { toNewJob, type NewJob } from './to-new-job.js';
import { UploadWatch } from './upload-watch.js';

/** What a form may weigh besides its file. */
const formOverheadBytes = 2 ** 20;

export interface JobIntakeParts {
  redis: Redis;
  queues: InferenceQueues;
  store: ObjectStore;
  catalog: ModelCatalog;
  health: Health;
  limits: { maxUploadBytes: number; uploadIdleMs: number; jobTimeoutMs: number };
}

/**
 * Makes a job of a request:
 *
 * ```
 * refuse what is known to fail -> stage the bytes -> check them and the fields -> add the job
 *                                      `--- on failure, remove the bytes ---'       |
 *                                            bytes are kept, whatever happens here -'
 * ```
 * The job is added last, so none is ever without its bytes. Whether a failed add was carried out cannot be known, so
 * its bytes stay; those that no job names are swept later.
 */
export class JobIntake {
  constructor(private readonly parts: JobIntakeParts) {}

  /** @throws EarshotError that says why there is no job; when the queue fails, there may be one nevertheless */
  async accept(request: FastifyRequest): Promise<NewJob> {
    const job = await this.stage(request);
    await submitJob(this.parts.redis, this.parts.queues.of(job.label), job);
    const { model, input } = job.payload;
    request.log.info({ jobId: job.id, model: `${model.name}@${model.version}`, bytes: input.bytes }, 'job accepted');
    return job;
  }

  private async stage(request: FastifyRequest): Promise<NewJob> {
    const { health, limits, store } = this.parts;
    health.requireUp();
    this.requireFitting(request);
    const id = newJobId();
    const staged = new StagedInput(store, inputKey(localOwner, id));
    const watch = new UploadWatch(request.raw, {
      idleMs: limits.uploadIdleMs,
      requireStore: () => health.requireStore(),
    });
    try {
      const { fields, filename, input } = await this.receive(request, staged, watch.signal);
      const asked = this.parse(fields);
      const model = await this.findModel(asked.model, watch.signal);
      return toNewJob({ id, fields: asked, model, filename, input, requestId: request.id });
    } catch (error) {
      // In the background: a store that hangs must not keep the caller waiting.
      staged
        .discard()
        .catch((failed) => request.log.warn({ jobId: id, ...toErrorFields(failed) }, 'input not removed'));
      throw error;
    } finally {
      watch.stop();
    }
  }

  private async receive(request: FastifyRequest, staged: StagedInput, signal: AbortSignal): Promise<ReceivedForm> {
    const options = { maxBytes: this.parts.limits.maxUploadBytes, signal };
    const query = toFields(request.query);
    if (request.isMultipart()) {
      const onField = (field: Field) => this.requireModelIn([field], signal);
      await this.requireModelIn(query, signal);
      const form = await receiveForm(request, staged, { ...options, onField });
      return { ...form, fields: [...query, ...form.fields] };
    }
    await this.findModel(this.parse(query).model, signal);
    return { fields: query, filename: null, input: await staged.receive(request.raw, options) };
  }

  private parse(fields: readonly Field[]): SubmitJobRequest {
    return parseSubmitJobRequest(fields, this.parts.limits.jobTimeoutMs / 1000);
  }

  /** A model that does not exist is refused before the file is read, where its name comes first. */
  private async requireModelIn(fields: readonly Field[], signal: AbortSignal): Promise<void> {
    const model = fields.find(([name]) => name === 'model');
    if (model !== undefined) await this.findModel(model[1], signal);
  }

  /** A store that hangs would hang the catalog as well. */
  private findModel(reference: string, signal: AbortSignal): Promise<ModelRecord> {
    return Promise.race([this.parts.catalog.require(reference), rejectOnAbort(signal)]);
  }

  private requireFitting(request: FastifyRequest): void {
    const { maxUploadBytes } = this.parts.limits;
    const most = maxUploadBytes + (request.isMultipart() ? formOverheadBytes : 0);
    if (Number(request.headers['content-length'] ?? 0) > most) throw inputTooLarge(maxUploadBytes);
  }
}

function toFields(query: unknown): Field[] {
  return Object.entries(query as Record<string, string | string[]>).flatMap(([name, values]) =>
    [values].flat().map((value): Field => [name, value]),
  );
}
