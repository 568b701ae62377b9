/** How much measured work a worker may hold beyond what runs: enough never to idle, too little to hoard. */
const aheadMs = 1000;
/** The most jobs a worker holds in one queue, however short they are. */
const mostHeld = 256;
/** How much one group's time changes the estimate. */
const weight = 0.2;

/** How long a job of each model takes, as measured, and what follows for how many jobs a worker may hold. */
export class WorkSpeed {
  private readonly msPerJob = new Map<string, number>();
  private msPerJobOfAny: number | undefined;

  /**
   * @param processes compute processes
   * @param queues queues the worker takes jobs from; each may hold its share
   */
  constructor(
    private readonly processes: number,
    private readonly queues: number,
  ) {}

  /** Tells how long a process was busy with a group that went well. */
  measured(modelKey: string, groupMs: number, jobs: number): void {
    const sample = groupMs / jobs;
    this.msPerJobOfAny = sample * weight + (this.msPerJobOfAny ?? sample) * (1 - weight);
    const known = this.msPerJob.get(modelKey) ?? sample;
    this.msPerJob.set(modelKey, known + weight * (sample - known));
  }

  /** How many jobs a second all processes do together, of the models that they have run of late; null before the first. */
  get jobsPerSecond(): number | null {
    return this.msPerJobOfAny === undefined ? null : (this.processes * 1000) / Math.max(this.msPerJobOfAny, 0.1);
  }

  /**
   * Jobs to hold from each queue: one for each process, and about a second's work ahead, reckoned by the slowest model,
   * since which one comes next is not known. Nothing is fetched ahead before the first group was measured.
   */
  get fetchLimit(): number {
    if (this.msPerJob.size === 0) return this.processes;
    const slowest = Math.max(...this.msPerJob.values(), 0.1);
    const ahead = Math.floor((this.processes * aheadMs) / slowest / this.queues);
    return Math.min(mostHeld, this.processes + ahead);
  }

  /** How many jobs of a model a process does within the time; at least one, and no limit before it was measured. */
  jobsWithin(modelKey: string, timeMs: number): number {
    const known = this.msPerJob.get(modelKey);
    return known === undefined ? Infinity : Math.max(1, Math.floor(timeMs / Math.max(known, 0.1)));
  }
}
