import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import {
  EarshotError,
  inputKey,
  newJobId,
  readJob,
  requireRoom,
  submitJob,
  type ObjectStore,
  type QueuePlace,
  type QuotaLimits,
} from '#jobs';
import { idempotencyKeyOf } from '../idempotency/idempotency-key.js';
import {
  requireSameRequest,
  type Claim,
  type FirstRequest,
  type IdempotencyKeys,
} from '../idempotency/idempotency-keys.js';
import type { Upload, Uploads } from '../uploads/uploads.js';
import type { JobComposer } from './job-composer.js';
import type { ReceivedFile } from './receive-form.js';
import { isJson, printOf, readSubmission, receiveSubmission, type Submission } from './submission.js';
import { fieldsIn, type Field } from './submit-job.request.js';
import type { NewJob } from './to-new-job.js';

export interface JobIntakeParts {
  redis: Redis;
  store: ObjectStore;
  composer: JobComposer;
  uploads: Uploads;
  keys: IdempotencyKeys;
  /** Of each owner. */
  quotas: QuotaLimits;
}

/** A job that this request has added, and where it stood then. */
export interface AcceptedJob extends NewJob {
  place: QueuePlace;
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
  constructor(private readonly parts: JobIntakeParts) {}

  /**
   * @param given fields that the request's address has given
   * @returns the job, or where the one is that an earlier request with the same key has made
   * @throws EarshotError that says why there is no job; when the queue fails, there may be one nevertheless
   */
  async accept(request: FastifyRequest, given: readonly Field[] = []): Promise<AcceptedJob | EarlierJob> {
    const inAddress = [...given, ...fieldsIn(request.query)];
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
  async acceptFrom(
    request: FastifyRequest,
    fields: readonly Field[],
    input: OtherInput,
  ): Promise<AcceptedJob | EarlierJob> {
    const { composer, uploads, redis, quotas } = this.parts;
    const { owner } = request.caller;
    await requireRoom(redis, owner, expectedBytes(request), quotas);
    const id = newJobId();
    const toJob = (given: Omit<Submission, 'fields'>, signal?: AbortSignal) =>
      composer.compose(request, id, { fields: [...fields], ...given }, signal);
    uploads.requireUp();
    const job = await (typeof input === 'function'
      ? uploads.receive(request, inputKey(owner, id), async (upload) => {
          await composer.requireModelIn(fields, upload.signal);
          return toJob(await input(upload), upload.signal);
        })
      : toJob({ filename: null, input }));
    return this.add(request, job);
  }

  private async make(
    request: FastifyRequest,
    inAddress: readonly Field[],
    commit?: Commit,
  ): Promise<AcceptedJob | EarlierJob> {
    await requireRoom(this.parts.redis, request.caller.owner, expectedBytes(request), this.parts.quotas);
    const id = newJobId();
    const job = await (isJson(request)
      ? this.read(request, id, inAddress, commit)
      : this.stage(request, id, inAddress, commit));
    return this.add(request, job);
  }

  private async makeFirst(
    request: FastifyRequest,
    inAddress: readonly Field[],
    claim: Claim,
  ): Promise<AcceptedJob | EarlierJob> {
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
  ): Promise<AcceptedJob | EarlierJob> {
    const { owner } = request.caller;
    const submission = await (isJson(request)
      ? this.readJson(request, inAddress)
      : this.parts.uploads.receive(request, null, (upload) => receiveSubmission(request, inAddress, upload)));
    requireSameRequest(first, printOf(request, submission));
    if (first.isDone || (await this.exists(owner, first.id))) {
      await claim.finish(first.id);
      return { id: first.id, owner };
    }
    const job = await this.add(request, await this.parts.composer.compose(request, first.id, submission));
    await claim.finish(job.id).catch(() => undefined);
    return job;
  }

  private async exists(owner: string, id: string): Promise<boolean> {
    return (await readJob(this.parts, owner, id)) !== null;
  }

  /** A job that is refused for its owner's quota does not exist, for certain: its bytes go. */
  private async add(request: FastifyRequest, job: NewJob): Promise<AcceptedJob | EarlierJob> {
    const { model, input, owner } = job.payload;
    try {
      const place = await submitJob(this.parts.redis, job, this.parts.quotas);
      request.log.info({ jobId: job.id, model: `${model.name}@${model.version}`, bytes: input.bytes }, 'job accepted');
      return place === null ? { id: job.id, owner } : { ...job, place };
    } catch (error) {
      if (error instanceof EarshotError) this.parts.uploads.discard(request, inputKey(owner, job.id));
      throw error;
    }
  }

  private readJson(request: FastifyRequest, inAddress: readonly Field[]): Promise<Submission> {
    return readSubmission(request, inAddress, (fields) => this.parts.composer.faultsIn(fields));
  }

  private async read(
    request: FastifyRequest,
    id: string,
    inAddress: readonly Field[],
    commit?: Commit,
  ): Promise<NewJob> {
    this.parts.uploads.requireUp();
    const submission = await this.readJson(request, inAddress);
    try {
      const job = await this.parts.composer.compose(request, id, submission);
      await commit?.(id, printOf(request, submission));
      return job;
    } catch (error) {
      if ('upload' in submission.input) this.parts.uploads.discard(request, inputKey(request.caller.owner, id));
      throw error;
    }
  }

  private stage(request: FastifyRequest, id: string, inAddress: readonly Field[], commit?: Commit): Promise<NewJob> {
    const { composer, uploads } = this.parts;
    return uploads.receive(request, inputKey(request.caller.owner, id), async (upload) => {
      const { signal } = upload;
      if (request.isMultipart()) await composer.requireModelIn(inAddress, signal);
      else await composer.requireAddress(inAddress, signal);
      const onField = (field: Field) => composer.requireModelIn([field], signal);
      const submission = await receiveSubmission(request, inAddress, upload, onField);
      const job = await composer.compose(request, id, submission, signal);
      await commit?.(id, printOf(request, submission));
      return job;
    });
  }
}

/** A form has more than its file, and what it has more is not known. */
function expectedBytes(request: FastifyRequest): number {
  return request.isMultipart() ? 0 : Number(request.headers['content-length'] ?? 0);
}
