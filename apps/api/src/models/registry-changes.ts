import { setTimeout as sleep } from 'node:timers/promises';
import {
  EarshotError,
  modelChangeSchema,
  readModelChange,
  submitModelChange,
  withdrawModelChange,
  type ModelChange,
  type ModelChangeOutcome,
  type ModelsQueue,
} from '#jobs';
import { invalidRequest, pointerTo } from '../problems/invalid-request.js';

/** How long a change may wait for a worker. */
const mostWaitingMs = 30_000;
/** How long a worker may take, with its repetitions after failures that pass: less than the 300 s of Node's fetch. */
const mostRunningMs = 240_000;
const firstPauseMs = 20;
const mostPauseMs = 250;

/** How the change ends is not known yet: a worker is still at it, and needs what it was given. */
export class ChangeUnderWayError extends EarshotError {
  constructor() {
    super('workers_unavailable', 'A worker is still at it; send the request again to learn how it ends.');
  }
}

/** Asks workers, which alone write the registry, for changes of it, and waits for these. */
export class RegistryChanges {
  /** @param stopping aborted when the API stops */
  constructor(
    private readonly queue: ModelsQueue,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Resolves once the change is carried out. One that no worker has begun in time, or before the caller left, is taken
   * back; one that is begun goes on whoever waits.
   *
   * @param id names the change: a new one for each request
   * @param gone aborted when the caller has left
   * @throws EarshotError why it was not carried out; ChangeUnderWayError when that is not known yet
   */
  async carryOut(id: string, asked: ModelChange, gone: AbortSignal): Promise<ModelChangeOutcome> {
    await submitModelChange(this.queue, id, asked);
    const over = AbortSignal.any([gone, this.stopping]);
    const startedAt = performance.now();
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(1.5 * pauseMs, mostPauseMs)) {
      const change = await readModelChange(this.queue, id);
      if (change.state === 'done') return change.outcome;
      if (change.state === 'failed') throw new EarshotError(change.failure.code, change.failure.detail);
      if (change.state === 'missing')
        throw new EarshotError('queue_unavailable', 'Redis has lost the change; send the request again.');
      const waitedMs = performance.now() - startedAt;
      const isLate = waitedMs > (change.state === 'waiting' ? mostWaitingMs : mostRunningMs);
      if (isLate || over.aborted) throw await this.giveUp(id);
      await sleep(pauseMs, undefined, { signal: over }).catch(() => undefined);
    }
  }

  private async giveUp(id: string): Promise<EarshotError> {
    if (!(await withdrawModelChange(this.queue, id))) return new ChangeUnderWayError();
    const detail = 'No worker has begun with it, and nothing was changed; start one with the role infer, or try again.';
    return new EarshotError('workers_unavailable', detail);
  }
}

/** @throws EarshotError `invalid_request` that names the word that cannot be one */
export function requireChange(asked: ModelChange): ModelChange {
  const parsed = modelChangeSchema.safeParse(asked);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path }) => ({
    pointer: pointerTo(...path),
    detail: 'must begin with a small letter or a digit and have only these, dots and hyphens, 64 characters at most',
  }));
  throw invalidRequest(faults, { part: 'parameter', cause: parsed.error });
}
