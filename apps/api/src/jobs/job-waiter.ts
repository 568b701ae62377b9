import type { JobRecord } from '#jobs';
import type { FinishEvents } from './finish-events.js';
import { isFinished } from './job.view.js';

/** The longest pause between two looks at the job; the first are shorter, as most jobs are. */
const mostPauseMs = 1000;
const firstPauseMs = 50;

/** How long, for what, and until when else somebody waits. */
export interface Wait {
  jobId: string;
  label: string;
  ms: number;
  /** The caller has gone. */
  gone: AbortSignal;
}

/** Waits for jobs to finish, for requests that prefer that to asking again. */
export class JobWaiter {
  /** @param stopping aborted when the API stops: it ends every wait */
  constructor(
    private readonly events: Pick<FinishEvents, 'listenTo' | 'next'>,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Looks at a job until it has finished, the time is up, the caller has gone or the API stops: after each
   * event that names it, and without one ever more seldom, down to once a second.
   *
   * @returns what was seen last; null when every look failed, as in an outage
   */
  async wait({ jobId, label, ms, gone }: Wait, look: () => Promise<JobRecord>): Promise<JobRecord | null> {
    this.events.listenTo(label);
    const over = AbortSignal.any([gone, this.stopping, AbortSignal.timeout(ms)]);
    let seen: JobRecord | null = null;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, mostPauseMs)) {
      // The job is accepted whatever happens now: a failing look is one that saw nothing new.
      seen = await look().catch(() => seen);
      if (over.aborted || (seen !== null && isFinished(seen))) return seen;
      await this.pause(jobId, pauseMs, over);
    }
  }

  private async pause(jobId: string, ms: number, over: AbortSignal): Promise<void> {
    const pause = new AbortController();
    const end = (): void => pause.abort();
    const timer = setTimeout(end, ms);
    over.addEventListener('abort', end, { once: true });
    await this.events.next(jobId, pause.signal).catch(() => undefined);
    clearTimeout(timer);
    over.removeEventListener('abort', end);
  }
}
