import type { Logger } from 'pino';
import { EarshotError, type Outcome } from '#jobs';
import type { ComputeChild } from '../compute/compute-child.js';
import type { ComputePool } from '../compute/compute-pool.js';
import type { AttemptResult } from '../compute/messages.js';
import { runWithin, type RunEnd } from './run-within.js';
import { HandedBackError, TakenAwayError, type Task } from './task.js';
import type { WaitingTasks } from './waiting-tasks.js';
import type { WorkSpeed } from './work-speed.js';

/** A process that ends this often while it runs one input alone was ended by it. */
const crashesThatCondemn = 2;
/** A job that has begun so often, and not ended, may be what takes its workers down: it runs alone from then on. */
const beginsThatSuspect = 3;

export interface DispatcherParts {
  pool: Pick<ComputePool, 'take' | 'give'>;
  waiting: WaitingTasks;
  speed: WorkSpeed;
  /** Marks tasks of one queue as running; for each how often it has begun, or 0 if it must not run. */
  begin: (label: string, tasks: readonly Task[]) => Promise<number[]>;
  log: Logger;
}

/**
 * Hands waiting tasks to idle compute processes, in groups, and sees each task to its end. A process that is lost takes
 * no task with it: its group is run again one by one, so that only an input that crashes alone, twice, fails.
 */
export class Dispatcher {
  /** Every task from its submission until its end is known, by its job's id. */
  private readonly held = new Map<string, Task>();
  private readonly cutShort = new Map<Task, () => void>();
  private stopping = false;

  constructor(private readonly parts: DispatcherParts) {}

  /**
   * Runs the task when its turn comes.
   *
   * @throws HandedBackError when it is not to be run here, or not yet; TakenAwayError when it is no longer this worker's;
   *   EarshotError when it failed
   */
  async submit(task: Task): Promise<Outcome> {
    const earlier = this.held.get(task.jobId);
    if (earlier) {
      // Its lock ran out and the job came back here: the earlier run can publish nothing any more.
      this.takeAway([task.jobId]);
      await earlier.outcome.catch(() => undefined);
      throw new HandedBackError();
    }
    if (this.stopping) throw new HandedBackError();
    this.held.set(task.jobId, task);
    this.parts.waiting.add(task);
    this.feed();
    return task.outcome.finally(() => this.held.delete(task.jobId));
  }

  /** Gives every idle process a group. Called when a task or a process has become available. */
  feed(): void {
    const { pool, waiting } = this.parts;
    while (!waiting.isEmpty) {
      const child = pool.take();
      if (!child) return;
      void this.runGroup(child, waiting.takeGroup());
    }
  }

  /** The jobs were ended from outside: they are not begun, and a running one is cut short. */
  takeAway(jobIds: readonly string[]): void {
    for (const jobId of jobIds) {
      const task = this.held.get(jobId);
      if (!task) continue;
      task.takenAway = true;
      if (this.parts.waiting.takeAll((each) => each === task).length > 0) task.reject(new TakenAwayError());
      else this.cutShort.get(task)?.();
    }
  }

  /** Begins nothing more: what waits goes back to the queue, what runs is finished. */
  stop(): void {
    this.stopping = true;
    for (const task of this.parts.waiting.takeAll((each) => !each.begun)) task.reject(new HandedBackError());
  }

  private async runGroup(child: ComputeChild, candidates: Task[]): Promise<void> {
    try {
      const group = await this.begin(candidates);
      if (group.length > 0) await this.run(child, group);
    } catch (error) {
      this.parts.log.error({ error: error instanceof Error ? error.stack : String(error) }, 'group failed');
      for (const task of candidates) task.reject(new EarshotError('internal_error', 'The group it was run in failed.'));
      await child.kill();
    }
    this.parts.pool.give(child);
    this.feed();
  }

  /** The tasks that may run now; the others were taken away meanwhile, or are put aside to run alone. */
  private async begin(candidates: Task[]): Promise<Task[]> {
    const fresh = candidates.filter((task) => !task.begun);
    const begins = fresh.length > 0 ? await this.parts.begin((fresh[0] as Task).label, fresh) : [];
    const suspects = fresh.filter((_task, i) => (begins[i] ?? 0) >= beginsThatSuspect && candidates.length > 1);
    fresh.forEach((task, i) => (task.begun = begins[i] !== 0));
    const mayRun = candidates.filter((task) => {
      const runs = task.begun && !task.takenAway;
      if (!runs) task.reject(new TakenAwayError());
      return runs;
    });
    this.parts.waiting.addAlone(mayRun.filter((task) => suspects.includes(task)));
    return mayRun.filter((task) => !suspects.includes(task));
  }

  private async run(child: ComputeChild, group: Task[]): Promise<void> {
    const start = performance.now();
    const end = await this.untilEnd(child, group);
    for (const task of group) if (task.takenAway) task.reject(new TakenAwayError());
    const left = group.filter((task) => !task.takenAway);
    if (end.how === 'answered') {
      if (end.results.every(({ ok }) => ok))
        this.parts.speed.measured((group[0] as Task).modelKey, performance.now() - start, group.length);
      group.forEach((task, i) => !task.takenAway && this.settle(task, end.results[i]));
      // A device that is lost to this process may be there for the next.
      if (end.results.some((result) => !result.ok && result.code === 'engine_unavailable')) await child.kill();
    } else if (end.how === 'cut-short') this.parts.waiting.addFirst(left);
    else if (group.length > 1) this.parts.waiting.addAlone(left);
    else for (const task of left) this.judge(task, end.how);
  }

  private async untilEnd(child: ComputeChild, group: Task[]): Promise<RunEnd> {
    const run = runWithin(child, group);
    for (const task of group) this.cutShort.set(task, run.cutShort);
    try {
      return await run.end;
    } finally {
      for (const task of group) this.cutShort.delete(task);
    }
  }

  private settle(task: Task, result: AttemptResult | undefined): void {
    if (result?.ok) return task.resolve(result.outcome);
    const { code, detail, cause } = result ?? {
      code: 'internal_error' as const,
      detail: 'The attempt gave no result.',
    };
    task.reject(new EarshotError(code, detail, { cause }));
  }

  /** A process was lost, or ran too long, while it ran this task alone. */
  private judge(task: Task, how: 'crashed' | 'timed-out'): void {
    task.crashesAlone += 1;
    if (how === 'crashed' && task.crashesAlone < crashesThatCondemn) return this.parts.waiting.addAlone([task]);
    const { timeoutMs } = task.payload;
    task.reject(
      how === 'crashed'
        ? new EarshotError('input_crashed_worker', 'The process that read this input ended twice; check the file.')
        : new EarshotError(
            'job_timed_out',
            `It ran for the ${timeoutMs / 1000} s it may; raise timeout, or send less.`,
          ),
    );
  }
}
