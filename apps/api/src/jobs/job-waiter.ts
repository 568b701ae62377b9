import { isFinished, type JobRecord } from '#jobs';
import type { JobEvents } from './job-events.js';

/** The longest pause between two looks at the job; the first are shorter, as most jobs are. */
const mostPauseMs = 1000;
const firstPauseMs = 50;

/** How long, for what, and until when else somebody waits. */
export interface Wait {
  jobId: string;
  ms: number;
  /** The caller has gone. */
  gone: AbortSignal;
}

/** Waits for jobs to finish, for requests that prefer that to asking again. */
export class JobWaiter {
  /** @param stopping aborted when the API stops: it ends every wait */
  constructor(
    private readonly events: Pick<JobEvents, 'listen' | 'watch'>,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Looks at a job until it has finished, the time is up, the caller has gone or the API stops: after each
   * event that names it, and without one ever more seldom, down to once a second.
   *
   * @returns what was seen last; null when every look failed, as in an outage
   */
  async wait({ jobId, ms, gone }: Wait, look: () => Promise<JobRecord>): Promise<JobRecord | null> {
    const over = AbortSignal.any([gone, this.stopping, AbortSignal.timeout(ms)]);
    const watch = this.events.watch(jobId);
    try {
      await this.events.listen();
      let seen: JobRecord | null = null;
      for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, mostPauseMs)) {
        // The job is accepted whatever happens now: a failing look is one that saw nothing new.
        seen = await look().catch(() => seen);
        if (over.aborted || (seen !== null && isFinished(seen))) return seen;
        await watch.next(pauseMs, over);
      }
    } finally {
      watch.close();
    }
  }
}
