import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import {
  EarshotError,
  inputKey,
  newJobId,
  rejectOnAbort,
  requireAllowedAddress,
  requireRoom,
  submitJob,
  type EgressAllow,
  type QuotaLimits,
} from '#jobs';
import type { ModelRecord } from '#models/catalog';
import type { ModelCatalog } from '../models/model-catalog.js';
import { readJson } from '../server/read-json.js';
import type { Upload, Uploads } from '../uploads/uploads.js';
import { mostSubmissionBytes, parseJsonSubmission } from './parse-json-submission.js';
import { receiveForm, type ReceivedForm } from './receive-form.js';
import { parseSubmitJobRequest, type Field, type SubmitJobRequest } from './submit-job.request.js';
import { toNewJob, type NewJob } from './to-new-job.js';

export interface JobIntakeParts {
  redis: Redis;
  catalog: ModelCatalog;
  uploads: Uploads;
  jobTimeoutMs: number;
  /** Of each owner. */
  quotas: QuotaLimits;
  /** Where inputs may be fetched besides public addresses. */
  egressAllow: EgressAllow;
}

/**
 * Makes a job of a request:
 *
 * ```
 * refuse what is known to fail -> stage the bytes -> check them and the fields -> add the job
 *                                      `--- on failure, remove the bytes ---'       |
 *                                            bytes are kept, whatever happens here -'
 * ```
 * The job is added last, so none is ever without its bytes. A body of JSON only names them: a worker obtains them. Whether a failed add was carried out cannot be known, so
 * its bytes stay; those that no job names are swept later.
 */
export class JobIntake {
  constructor(private readonly parts: JobIntakeParts) {}

  /**
   * @param given fields that the request's address has given
   * @throws EarshotError that says why there is no job; when the queue fails, there may be one nevertheless
   */
  async accept(request: FastifyRequest, given: readonly Field[] = []): Promise<NewJob> {
    const inAddress = [...given, ...toFields(request.query)];
    await requireRoom(this.parts.redis, request.caller.owner, expectedBytes(request), this.parts.quotas);
    const job = await (isJson(request) ? this.read(request, inAddress) : this.stage(request, inAddress));
    await this.add(request, job);
    const { model, input } = job.payload;
    request.log.info({ jobId: job.id, model: `${model.name}@${model.version}`, bytes: input.bytes }, 'job accepted');
    return job;
  }

  /** A job that is refused for its owner's quota does not exist, for certain: its bytes go. */
  private async add(request: FastifyRequest, job: NewJob): Promise<void> {
    try {
      await submitJob(this.parts.redis, job, this.parts.quotas);
    } catch (error) {
      if (error instanceof EarshotError) this.parts.uploads.discard(request, inputKey(job.payload.owner, job.id));
      throw error;
    }
  }

  private async read(request: FastifyRequest, inAddress: readonly Field[]): Promise<NewJob> {
    this.parts.uploads.requireUp();
    const { fields, input } = parseJsonSubmission(await readJson(request.raw, mostSubmissionBytes));
    const asked = this.parse([...inAddress, ...fields]);
    const model = await this.parts.catalog.require(asked.model);
    const { url } = await requireAllowedAddress(input.url, this.parts.egressAllow);
    const { owner } = request.caller;
    const named = { filename: input.filename, input: { url: url.href, bytes: null } };
    return toNewJob({ id: newJobId(), owner, fields: asked, model, ...named, requestId: request.id });
  }

  private stage(request: FastifyRequest, inAddress: readonly Field[]): Promise<NewJob> {
    const id = newJobId();
    const { owner } = request.caller;
    return this.parts.uploads.receive(request, inputKey(owner, id), async (upload) => {
      const { fields, filename, input } = await this.receive(request, inAddress, upload);
      const asked = this.parse(fields);
      const model = await this.findModel(asked.model, upload.signal);
      return toNewJob({ id, owner, fields: asked, model, filename, input, requestId: request.id });
    });
  }

  private async receive(request: FastifyRequest, inAddress: readonly Field[], upload: Upload): Promise<ReceivedForm> {
    const { staged, signal } = upload;
    if (request.isMultipart()) {
      const onField = (field: Field) => this.requireModelIn([field], signal);
      await this.requireModelIn(inAddress, signal);
      const form = await receiveForm(request, upload, onField);
      return { ...form, fields: [...inAddress, ...form.fields] };
    }
    await this.findModel(this.parse(inAddress).model, signal);
    return { fields: [...inAddress], filename: null, input: await staged.receive(request.raw, upload) };
  }

  private parse(fields: readonly Field[]): SubmitJobRequest {
    return parseSubmitJobRequest(fields, this.parts.jobTimeoutMs / 1000);
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
}

/** A form has more than its file, and what it has more is not known. */
function expectedBytes(request: FastifyRequest): number {
  return request.isMultipart() ? 0 : Number(request.headers['content-length'] ?? 0);
}

function isJson({ headers }: FastifyRequest): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}

function toFields(query: unknown): Field[] {
  return Object.entries(query as Record<string, string | string[]>).flatMap(([name, values]) =>
    [values].flat().map((value): Field => [name, value]),
  );
}
