import type { ReadyPayload } from '#jobs';
import { HandedBackError, TakenAwayError } from '../inference/task.js';
import type { UnreadyJob } from './obtain-input.js';

/** As many servers may keep a worker waiting. */
const mostAtOnce = 32;

/** There is no room for one more: the job is to come again a little later. */
export class PostponedError extends Error {
  override readonly name = 'PostponedError';
}

/** Obtains one input until the signal is aborted. */
export type Obtain = (job: UnreadyJob, signal: AbortSignal) => Promise<ReadyPayload>;

/**
 * The inputs that this worker is obtaining. Their jobs wait for others' servers and are none of what it fetches ahead for
 * its compute processes: each makes room for one more job to be taken from its queue.
 */
export class Obtaining {
  private readonly held = new Map<string, { label: string; ending: AbortController; ended: Promise<unknown> }>();
  private readonly listeners: (() => void)[] = [];
  private stopping = false;

  constructor(
    private readonly obtainInput: Obtain,
    private readonly limit = mostAtOnce,
  ) {}

  /** Has `listener` told, at once, whenever the number of inputs changes. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** How many jobs of one queue wait for their inputs here. */
  count(label: string): number {
    return [...this.held.values()].filter((job) => job.label === label).length;
  }

  /**
   * Counts the job before it returns its promise: the queue is asked for the next job right after.
   *
   * @throws PostponedError, TakenAwayError, HandedBackError, or why there is no input
   */
  async obtain(job: UnreadyJob): Promise<ReadyPayload> {
    const earlier = this.held.get(job.jobId);
    if (earlier) {
      // Its lock ran out and the job came back here: what the earlier attempt finds can be kept no more.
      this.takeAway([job.jobId]);
      await earlier.ended.catch(() => undefined);
      throw new HandedBackError();
    }
    if (this.stopping) throw new HandedBackError();
    if (this.held.size >= this.limit) throw new PostponedError();
    const ending = new AbortController();
    const ended = this.obtainInput(job, ending.signal);
    this.held.set(job.jobId, { label: job.label, ending, ended });
    this.tell();
    try {
      return await ended;
    } finally {
      this.held.delete(job.jobId);
      this.tell();
    }
  }

  /** The jobs were ended from outside, or belong to another worker now. */
  takeAway(jobIds: readonly string[]): void {
    for (const jobId of jobIds) this.held.get(jobId)?.ending.abort(new TakenAwayError());
  }

  /** Ends all; the jobs go back to their queues. */
  stop(): void {
    this.stopping = true;
    for (const { ending } of this.held.values()) ending.abort(new HandedBackError());
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
