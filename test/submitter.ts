import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import {
  FolderStore,
  inputKey,
  newJobId,
  patientRedisOptions,
  readJob,
  submitJob,
  type InferPayload,
  type JobRecord,
} from '#jobs';
import { listModelRecords } from '#models/catalog';
import { until } from './until.js';

const owner = 'local';
const label = 'cpu';
const finished = new Set(['succeeded', 'failed', 'canceled', 'expired']);

/** Submits jobs as the API does, without one. */
export class Submitter {
  readonly redis: Redis;
  readonly store: FolderStore;

  constructor(redisAddress: string, objects: string) {
    this.redis = new Redis(patientRedisOptions(redisAddress));
    this.redis.on('error', () => undefined); // Tests stop Redis; ioredis connects again.
    this.store = new FolderStore(objects);
  }

  /** @returns the job's id, once it is stored and queued */
  async submit(bytes: Uint8Array, modelName: string, changes: Partial<InferPayload> = {}): Promise<string> {
    const id = newJobId();
    await this.store.put(inputKey(owner, id), bytes);
    await this.add(id, bytes, modelName, changes);
    return id;
  }

  /** Queues a job whose bytes are left to the caller. */
  async add(id: string, bytes: Uint8Array, modelName: string, changes: Partial<InferPayload> = {}): Promise<void> {
    const { records } = await listModelRecords(this.store);
    const record = records.find(({ name }) => name === modelName);
    if (!record) throw new Error(`no model ${modelName} is registered`);
    const { name, version, digest, groupLimit } = record;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const payload: InferPayload = {
      owner,
      model: { name, version, digest },
      groupLimit,
      input: { filename: null, contentType: 'audio/wav', bytes: bytes.length, sha256 },
      metadata: {},
      timeoutMs: 60_000,
      expiresAt: null,
      requestId: 'test',
      ...changes,
    };
    await submitJob(this.redis, { id, label, priority: 5, payload });
  }

  async read(id: string): Promise<JobRecord> {
    const record = await readJob({ redis: this.redis, store: this.store }, owner, id);
    if (!record) throw new Error(`the job ${id} is lost`);
    return record;
  }

  /** Waits until the job has the status. */
  async reached(id: string, status: JobRecord['status'], limitMs = 30_000): Promise<JobRecord> {
    return until(`${id} is ${status}`, async () => this.only(id, ({ status: now }) => now === status), limitMs);
  }

  /** Waits until the job has ended, in whatever way. */
  async ended(id: string, limitMs = 40_000): Promise<JobRecord> {
    return until(`${id} has ended`, async () => this.only(id, ({ status }) => finished.has(status)), limitMs);
  }

  close(): void {
    this.redis.disconnect();
  }

  private async only(id: string, matches: (record: JobRecord) => boolean): Promise<JobRecord | null> {
    const record = await this.read(id);
    return matches(record) ? record : null;
  }
}
