import type { JobResult } from '#jobs';
import { computedKey, type ObjectStore } from '#jobs/store';
import type { Attempt } from './messages.js';

/** A result that the same bytes gave with the same model, and whose it is. */
export interface ComputedBefore {
  result: JobResult;
  job: string;
}

/**
 * What the owner's index of computed inputs has for a file of a batch that may take it. Undefined if there is nothing, or
 * nothing that can be read: then it is computed.
 */
export async function computedBefore(
  store: ObjectStore,
  { payload: { batch, owner, model, input } }: Attempt,
): Promise<ComputedBefore | undefined> {
  if (!batch?.reuse || input.sha256 === null) return undefined;
  try {
    const entry = await readJson<{ resultKey: string; job: string }>(
      store,
      computedKey(owner, model.digest, input.sha256),
    );
    const result = await readJson<JobResult>(store, entry.resultKey);
    const { inputSha256, modelDigest } = result.provenance;
    const isSame = inputSha256 === input.sha256 && modelDigest === model.digest;
    return isSame ? { result, job: entry.job } : undefined;
  } catch {
    return undefined;
  }
}

async function readJson<T>(store: ObjectStore, key: string): Promise<T> {
  return JSON.parse((await store.get(key)).toString('utf8')) as T;
}
