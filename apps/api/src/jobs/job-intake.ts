import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import {
  EarshotError,
  inputKey,
  newJobId,
  readJob,
  rejectOnAbort,
  requireAllowedAddress,
  requireRoom,
  submitJob,
  type EgressAllow,
  type OwnWebhook,
  type ObjectStore,
  type QuotaLimits,
} from '#jobs';
import type { ModelRecord } from '#models/catalog';
import { idempotencyKeyOf } from '../idempotency/idempotency-key.js';
import {
  requireSameRequest,
  type Claim,
  type FirstRequest,
  type IdempotencyKeys,
} from '../idempotency/idempotency-keys.js';
import type { ModelCatalog } from '../models/model-catalog.js';
import type { Upload, Uploads } from '../uploads/uploads.js';
import type { NamedInput } from './parse-json-submission.js';
import type { ReceivedFile } from './receive-form.js';
import { isJson, printOf, readSubmission, receiveSubmission, type Submission } from './submission.js';
import { submitJobParser, type Field, type SubmitJobParser } from './submit-job.request.js';
import { toNewJob, type GivenInput, type NewJob } from './to-new-job.js';

export interface JobIntakeParts {
  redis: Redis;
  store: ObjectStore;
  catalog: ModelCatalog;
  uploads: Uploads;
  keys: IdempotencyKeys;
  jobTimeoutMs: number;
  /** Of each owner. */
  quotas: QuotaLimits;
  /** Where inputs may be fetched, and webhooks be, besides public addresses. */
  egressAllow: EgressAllow;
}

/** A job that an earlier request has made. */
export interface EarlierJob {
  id: string;
  owner: string;
}

/** An input that its route reads by itself: the address of one, or what stages its bytes. */
export type OtherInput = { url: string } | ((upload: Upload) => Promise<ReceivedFile>);

/** Called once it is certain what will be made, right before it is. */
type Commit = (id: string, print: string) => Promise<void>;

/**
 * Makes a job of a request:
 *
 * ```
 * refuse what is known to fail -> stage the bytes -> check them and the fields -> add the job
 *                                      `--- on failure, remove the bytes ---'       |
 *                                            bytes are kept, whatever happens here -'
 * ```
 * The job is added last, so none is ever without its bytes. A body of JSON only names them: a worker obtains them.
 * Whether a failed add was carried out cannot be known, so its bytes stay; those that no job names are swept later.
 *
 * With an `Idempotency-Key`, the request first gets hold of the key, and tells it the job's id right before it adds the
 * job. A repeat stores nothing: its bytes are only compared.
 */
export class JobIntake {
  private readonly parse: SubmitJobParser;

  constructor(private readonly parts: JobIntakeParts) {
    this.parse = submitJobParser(parts.jobTimeoutMs / 1000);
  }

  /**
   * @param given fields that the request's address has given
   * @returns the job, or where the one is that an earlier request with the same key has made
   * @throws EarshotError that says why there is no job; when the queue fails, there may be one nevertheless
   */
  async accept(request: FastifyRequest, given: readonly Field[] = []): Promise<NewJob | EarlierJob> {
    const inAddress = [...given, ...toFields(request.query)];
    const key = idempotencyKeyOf(request.headers);
    if (key === undefined) return this.make(request, inAddress);
    this.parts.uploads.requireUp();
    const claim = await this.parts.keys.claim(request.caller.owner, key);
    try {
      const { first } = claim;
      if (first !== null && (await this.mayHaveMade(request, first)))
        return await this.repeat(request, inAddress, claim, first);
      if (first !== null) await claim.restart();
      return await this.makeFirst(request, inAddress, claim);
    } finally {
      claim.close();
    }
  }

  /**
   * The same for a route that gives all fields, and reads its requests by itself; none of them has an `Idempotency-Key`.
   *
   * @throws EarshotError that says why there is no job; when the queue fails, there may be one nevertheless
   */
  async acceptFrom(request: FastifyRequest, fields: readonly Field[], input: OtherInput): Promise<NewJob> {
    const { uploads, redis, quotas } = this.parts;
    const { owner } = request.caller;
    await requireRoom(redis, owner, expectedBytes(request), quotas);
    const id = newJobId();
    const toJob = (given: Omit<Submission, 'fields'>, signal?: AbortSignal) =>
      this.toJob(request, id, { fields: [...fields], ...given }, signal);
    uploads.requireUp();
    const job = await (typeof input === 'function'
      ? uploads.receive(request, inputKey(owner, id), async (upload) => {
          await this.requireModelIn(fields, upload.signal);
          return toJob(await input(upload), upload.signal);
        })
      : toJob({ filename: null, input }));
    await this.add(request, job);
    return job;
  }

  private async make(request: FastifyRequest, inAddress: readonly Field[], commit?: Commit): Promise<NewJob> {
    await requireRoom(this.parts.redis, request.caller.owner, expectedBytes(request), this.parts.quotas);
    const id = newJobId();
    const job = await (isJson(request)
      ? this.read(request, id, inAddress, commit)
      : this.stage(request, id, inAddress, commit));
    await this.add(request, job);
    return job;
  }

  private async makeFirst(request: FastifyRequest, inAddress: readonly Field[], claim: Claim): Promise<NewJob> {
    let isCommitted = false;
    const commit = async (id: string, print: string): Promise<void> => {
      await claim.commit(id, print);
      isCommitted = true;
    };
    try {
      const job = await this.make(request, inAddress, commit);
      // Should this fail, a repeat finds the job by its id.
      await claim.finish(job.id).catch(() => undefined);
      return job;
    } catch (error) {
      if (!isCommitted || error instanceof EarshotError) await claim.release().catch(() => undefined);
      throw error;
    }
  }

  /** Whether there is, or may yet be, a job of the first request: its bytes lie where they belong. */
  private async mayHaveMade(request: FastifyRequest, { id, isDone }: FirstRequest): Promise<boolean> {
    if (isDone || isJson(request)) return true;
    const { owner } = request.caller;
    return (await this.parts.uploads.has(inputKey(owner, id))) || (await this.exists(owner, id));
  }

  private async repeat(
    request: FastifyRequest,
    inAddress: readonly Field[],
    claim: Claim,
    first: FirstRequest,
  ): Promise<NewJob | EarlierJob> {
    const { owner } = request.caller;
    const submission = await (isJson(request)
      ? readSubmission(request, inAddress)
      : this.parts.uploads.receive(request, null, (upload) => receiveSubmission(request, inAddress, upload)));
    requireSameRequest(first, printOf(request, submission));
    if (first.isDone || (await this.exists(owner, first.id))) {
      await claim.finish(first.id);
      return { id: first.id, owner };
    }
    const job = await this.toJob(request, first.id, submission);
    await this.add(request, job);
    await claim.finish(job.id).catch(() => undefined);
    return job;
  }

  private async exists(owner: string, id: string): Promise<boolean> {
    return (await readJob(this.parts, owner, id)) !== null;
  }

  /** A job that is refused for its owner's quota does not exist, for certain: its bytes go. */
  private async add(request: FastifyRequest, job: NewJob): Promise<void> {
    try {
      await submitJob(this.parts.redis, job, this.parts.quotas);
    } catch (error) {
      if (error instanceof EarshotError) this.parts.uploads.discard(request, inputKey(job.payload.owner, job.id));
      throw error;
    }
    const { model, input } = job.payload;
    request.log.info({ jobId: job.id, model: `${model.name}@${model.version}`, bytes: input.bytes }, 'job accepted');
  }

  private async read(
    request: FastifyRequest,
    id: string,
    inAddress: readonly Field[],
    commit?: Commit,
  ): Promise<NewJob> {
    this.parts.uploads.requireUp();
    const submission = await readSubmission(request, inAddress);
    try {
      const job = await this.toJob(request, id, submission);
      await commit?.(id, printOf(request, submission));
      return job;
    } catch (error) {
      if ('upload' in submission.input) this.parts.uploads.discard(request, inputKey(request.caller.owner, id));
      throw error;
    }
  }

  private stage(request: FastifyRequest, id: string, inAddress: readonly Field[], commit?: Commit): Promise<NewJob> {
    return this.parts.uploads.receive(request, inputKey(request.caller.owner, id), async (upload) => {
      const { signal } = upload;
      if (request.isMultipart()) await this.requireModelIn(inAddress, signal);
      else await this.findModel(this.parse(inAddress).model, signal);
      const onField = (field: Field) => this.requireModelIn([field], signal);
      const submission = await receiveSubmission(request, inAddress, upload, onField);
      const job = await this.toJob(request, id, submission, signal);
      await commit?.(id, printOf(request, submission));
      return job;
    });
  }

  private async toJob(
    request: FastifyRequest,
    id: string,
    { fields, filename, input }: Submission,
    signal?: AbortSignal,
  ): Promise<NewJob> {
    const { owner } = request.caller;
    const asked = this.parse(fields);
    const model = await this.findModel(asked.model, signal);
    if (asked.webhook) await this.requireWebhook(asked.webhook, signal);
    const given = 'sha256' in input ? input : await this.locate(input, owner, id);
    return toNewJob({ id, owner, fields: asked, model, filename, input: given, requestId: request.id });
  }

  private async locate(input: NamedInput, owner: string, jobId: string): Promise<GivenInput> {
    if ('upload' in input) return { url: null, bytes: await this.parts.uploads.adopt(owner, input.upload, jobId) };
    const allowed = await requireAllowedAddress(input.url, this.parts.egressAllow);
    return { url: allowed.url.href, bytes: null };
  }

  /** A model that does not exist is refused before the file is read, where its name comes first. */
  private async requireModelIn(fields: readonly Field[], signal: AbortSignal): Promise<void> {
    const model = fields.find(([name]) => name === 'model');
    if (model !== undefined) await this.findModel(model[1], signal);
  }

  private async requireWebhook({ url }: OwnWebhook, signal?: AbortSignal): Promise<void> {
    const allowed = requireAllowedAddress(url, this.parts.egressAllow);
    await (signal ? Promise.race([allowed, rejectOnAbort(signal)]) : allowed);
  }

  /** A store that hangs would hang the catalog as well. */
  private findModel(reference: string, signal?: AbortSignal): Promise<ModelRecord> {
    const found = this.parts.catalog.require(reference);
    return signal ? Promise.race([found, rejectOnAbort(signal)]) : found;
  }
}

/** A form has more than its file, and what it has more is not known. */
function expectedBytes(request: FastifyRequest): number {
  return request.isMultipart() ? 0 : Number(request.headers['content-length'] ?? 0);
}

function toFields(query: unknown): Field[] {
  return Object.entries(query as Record<string, string | string[]>).flatMap(([name, values]) =>
    [values].flat().map((value): Field => [name, value]),
  );
}
