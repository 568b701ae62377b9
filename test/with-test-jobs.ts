import { join } from 'node:path';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import {
  archiveJob,
  beginJobs,
  endJob,
  findQueuedJob,
  FolderStore,
  inferenceQueueName,
  inputKey,
  keyPrefix,
  newJobId,
  patientRedisOptions,
  removeFinishedJob,
  resultKey,
  submitJob,
  toFullRecord,
  toSubmission,
  type InferPayload,
  type JobRecord,
} from '#jobs';
import { withFolder } from './with-folder.js';
import { withRedis } from './with-redis.js';

const label = 'cpu';

/** A payload of a job whose bytes are `bytes`. */
export const testPayload: InferPayload = {
  owner: 'local',
  model: { name: 'demo', version: '1.0.0', digest: 'sha256:0' },
  groupLimit: 16,
  input: { filename: null, contentType: 'audio/wav', bytes: 5, sha256: 'a'.repeat(64) },
  ...{ metadata: {}, timeoutMs: 1000, expiresAt: null, requestId: 'r' },
};

/** Redis and a folder store, and every step of a job's life as a call: no API and no worker takes any by itself. */
export class TestJobs {
  private worker: Worker | undefined;

  constructor(
    readonly redis: Redis,
    readonly store: FolderStore,
  ) {}

  async close(): Promise<void> {
    await this.worker?.close();
    this.redis.disconnect();
  }

  /** A queued job whose bytes are stored. */
  async submit(changes: Partial<InferPayload> = {}, madeAt = Date.now()): Promise<string> {
    const id = newJobId(madeAt);
    const payload = { ...testPayload, ...changes };
    await this.store.put(inputKey(payload.owner, id), Buffer.from('bytes'));
    await submitJob(this.redis, { id, label, priority: 5, payload });
    return id;
  }

  /** Fetches the next job and begins it; returns what ends it well. */
  async begin(): Promise<{ id: string; succeed: () => Promise<void> }> {
    const token = newJobId();
    this.worker ??= await openWorker(this.redis);
    const job = await this.worker.getNextJob(token, { block: false });
    if (!job) throw new Error('no job waits');
    const id = job.id ?? '';
    await beginJobs(this.redis, label, [{ jobId: id, lockToken: token }]);
    const { owner, model } = job.data as InferPayload;
    const succeed = async (): Promise<void> => {
      const key = resultKey(owner, id, token);
      const made = { inputSha256: '', modelName: model.name, modelVersion: '1.0.0', modelDigest: '', features: {} };
      const provenance = { ...made, engine: 'none', worker: '0' };
      await this.store.put(
        key,
        Buffer.from(JSON.stringify({ label: token, score: 1, scores: [], segments: [], provenance })),
      );
      await job.moveToCompleted({ resultKey: key, decodeMs: 1, featuresMs: 1, inferenceMs: 1 }, token, false);
    };
    return { id, succeed };
  }

  async cancel(jobId: string): Promise<void> {
    await endJob(this.redis, { label, jobId }, { code: 'job_canceled', detail: 'on request' }, { queuedOnly: false });
  }

  /** The first half of what empties the outbox; the second is the function returned. */
  async beginArchiving(jobId: string, owner = 'local'): Promise<() => Promise<JobRecord>> {
    const snapshot = await findQueuedJob(this.redis, owner, jobId);
    if (!snapshot?.finishedAt) throw new Error('the job is not in the outbox');
    const record = await toFullRecord(this.store, snapshot);
    return async () => {
      await archiveJob(this.store, { record, submission: toSubmission(snapshot) });
      await removeFinishedJob(this.redis, { label, jobId }, record);
      return record;
    };
  }

  async archive(jobId: string, owner = 'local'): Promise<JobRecord> {
    return (await this.beginArchiving(jobId, owner))();
  }
}

/** Runs `run` with the jobs of this Redis and this store. */
export async function withJobsAt<T>(
  address: string,
  store: FolderStore,
  run: (jobs: TestJobs) => Promise<T>,
): Promise<T> {
  const jobs = new TestJobs(new Redis(patientRedisOptions(address)), store);
  try {
    return await run(jobs);
  } finally {
    await jobs.close();
  }
}

async function openWorker(redis: Redis): Promise<Worker> {
  const options = { connection: redis, prefix: keyPrefix, autorun: false };
  const worker = new Worker(inferenceQueueName(label), undefined, options);
  await worker.waitUntilReady();
  return worker;
}

/** Runs `run` with Redis and a store of its own. */
export function withTestJobs<T>(run: (jobs: TestJobs) => Promise<T>): Promise<T> {
  return withFolder((folder) =>
    withRedis(({ address }) => withJobsAt(address, new FolderStore(join(folder, 'objects')), run), ['--save', '']),
  );
}
