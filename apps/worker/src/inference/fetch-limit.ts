/** How much measured work a worker may hold beyond what runs: enough never to idle, too little to hoard. */
const aheadMs = 1000;
/** The most jobs a worker holds in one queue, however short they are. */
const mostHeld = 256;
/** How much one group's time changes the estimate. */
const weight = 0.2;

/**
 * Decides how many jobs a worker holds at once: one for each compute process, and about a second's work ahead.
 * Nothing is fetched ahead before the first group was measured.
 */
export class FetchLimit {
  private msPerJob: number | null = null;

  constructor(private readonly processes: number) {}

  /** Tells how long a process was busy with a group. */
  measured(groupMs: number, jobs: number): void {
    const sample = groupMs / jobs;
    this.msPerJob = this.msPerJob === null ? sample : this.msPerJob + weight * (sample - this.msPerJob);
  }

  /** Jobs to hold, at least one for each process. */
  get value(): number {
    if (this.msPerJob === null) return this.processes;
    const ahead = Math.floor((this.processes * aheadMs) / Math.max(this.msPerJob, 0.1));
    return Math.max(this.processes, Math.min(mostHeld, this.processes + ahead));
  }
}
