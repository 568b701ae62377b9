import { newAttemptToken, type ReadyPayload, type Outcome } from '#jobs';

/** The job is no longer this worker's: it was canceled, has expired, or another worker has it. Nothing is to be done. */
export class TakenAwayError extends Error {
  override readonly name = 'TakenAwayError';
}

/** The worker stops before the job has begun: it goes back to its queue. */
export class HandedBackError extends Error {
  override readonly name = 'HandedBackError';
}

/**
 * A job this worker holds, until its outcome or its failure is known.
 *
 * `waiting -> running -> settled`, and back to `waiting` when its process was lost or killed for another's sake.
 */
export class Task {
  readonly outcome: Promise<Outcome>;
  resolve!: (outcome: Outcome) => void;
  reject!: (error: Error) => void;
  /** Marked as running in Redis; stays so when it is run again after a crash, which costs no attempt. */
  begun = false;
  /** Set when it was taken away; it must not be run (any longer). */
  takenAway = false;
  /** How often a process ended while it ran this task and no other. */
  crashesAlone = 0;

  constructor(
    readonly label: string,
    readonly jobId: string,
    /** The token under which this worker holds the job's lock. */
    readonly lockToken: string,
    readonly payload: ReadyPayload,
  ) {
    this.outcome = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Tasks with equal keys may be predicted together. */
  get modelKey(): string {
    return `${this.label}/${this.payload.model.digest}`;
  }

  /** One more run of this job, with a result key of its own. */
  newAttempt(): { jobId: string; token: string; payload: ReadyPayload } {
    return { jobId: this.jobId, token: newAttemptToken(), payload: this.payload };
  }
}
