import type { Redis } from 'ioredis';
import {
  detectContentType,
  EarshotError,
  inputKey,
  nowhere,
  recordInput,
  requireInputType,
  StagedUpload,
  UnreachableError,
  type InferPayload,
  type MeasuredInput,
  type ObjectStore,
  type ReadyPayload,
} from '#jobs';
import { TakenAwayError } from '../inference/task.js';
import { openAddress, toUnreachableInput, type AddressRules } from './open-address.js';

/** A job whose input is yet to be obtained, and the token under which this worker holds its lock. */
export interface UnreadyJob {
  label: string;
  jobId: string;
  lockToken: string;
  payload: InferPayload;
}

export interface ObtainParts {
  redis: Redis;
  store: ObjectStore;
  /** Which addresses may be connected to. */
  rules: AddressRules;
  /** Of an input. */
  maxBytes: number;
}

/**
 * Puts the bytes of an input in their place, unless they are there, and finds out what they are. What was found is kept in
 * the job, so that the next attempt begins with it; also of bytes that the model does not take, for whoever looks at them.
 *
 * Safe to repeat: a put replaces the object whole, and only the owner of the lock may keep what it found.
 *
 * @throws EarshotError why there is no input; TakenAwayError when the lock is lost; the abort's reason
 */
export async function obtainInput(parts: ObtainParts, job: UnreadyJob, signal: AbortSignal): Promise<ReadyPayload> {
  const measured = await withCodes(job.payload.source?.url, signal, () => measure(parts, job, signal));
  const { bytes, sha256, head } = measured;
  const contentType = detectContentType(head)?.contentType ?? null;
  const known = { ...job.payload, input: { ...job.payload.input, bytes, sha256, contentType } };
  const keep = async (payload: InferPayload): Promise<void> => {
    if (!(await recordInput(parts.redis, job, job.lockToken, payload))) throw new TakenAwayError();
  };
  try {
    if (job.payload.source) requireInputType(measured, job.payload.source.kind);
  } catch (error) {
    await keep(known);
    throw error;
  }
  const ready = { ...known, source: null };
  await keep(ready);
  return ready as ReadyPayload;
}

async function measure(
  parts: ObtainParts,
  { jobId, payload }: UnreadyJob,
  signal: AbortSignal,
): Promise<MeasuredInput> {
  const { store, maxBytes } = parts;
  const key = inputKey(payload.owner, jobId);
  const url = payload.source?.url ?? null;
  const body = url === null ? await store.stream(key) : await openAddress(url, parts.rules, signal);
  try {
    return await new StagedUpload(url === null ? nowhere : store, key).receive(body, { maxBytes, signal });
  } finally {
    body.destroy();
  }
}

/** Has what libraries throw say what became of the input. */
async function withCodes<T>(url: string | null | undefined, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof EarshotError && error.code === 'upload_interrupted' ? error.cause : error;
    if (url && cause instanceof UnreachableError) throw toUnreachableInput(new URL(url), cause);
    if (cause instanceof Error && cause.name === 'ObjectMissingError')
      throw new EarshotError('input_missing', 'The stored input is gone; submit it again.', { cause });
    if (cause instanceof Error && cause.name === 'StoreUnavailableError')
      throw new EarshotError('store_unavailable', cause.message, { cause });
    throw error;
  }
}
