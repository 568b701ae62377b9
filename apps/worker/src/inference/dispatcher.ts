import { EarshotError, toFailedReason, type HeldJob } from '#jobs';
import type { Logger } from 'pino';
import type { ComputeChild } from '../compute/compute-child.js';
import type { ComputePool } from '../compute/compute-pool.js';
import type { AttemptResult } from '../compute/messages.js';
import type { FetchLimit } from './fetch-limit.js';
import { runWithin, type RunEnd } from './run-within.js';
import { HandedBackError, TakenAwayError, type Task } from './task.js';
import type { WaitingTasks } from './waiting-tasks.js';

/** A process that ends this often while it runs one input alone was ended by it. */
const crashesThatCondemn = 2;

export interface DispatcherParts {
  pool: Pick<ComputePool, 'take' | 'give'>;
  waiting: WaitingTasks;
  fetchLimit: FetchLimit;
  /** Marks jobs as running; see `beginJobs` of #jobs. */
  begin: (label: string, jobs: readonly HeldJob[]) => Promise<number[]>;
  log: Logger;
}

/**
 * Hands waiting tasks to idle compute processes, in groups, and sees each task to its end. A process that is lost takes
 * no task with it: its group is run again one by one, so that only an input that crashes alone, twice, fails.
 */
export class Dispatcher {
  private readonly running = new Map<Task, () => void>();
  private stopping = false;

  constructor(private readonly parts: DispatcherParts) {}

  /** Runs the task when its turn comes; its end is `task.outcome`. */
  submit(task: Task): void {
    if (this.stopping) {
      task.reject(new HandedBackError());
      return;
    }
    this.parts.waiting.add(task);
    this.feed();
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
  takeAway(jobIds: ReadonlySet<string>): void {
    for (const task of this.parts.waiting.takeAll(({ jobId }) => jobIds.has(jobId))) task.reject(new TakenAwayError());
    for (const [task, cutShort] of this.running) {
      if (!jobIds.has(task.jobId)) continue;
      task.takenAway = true;
      cutShort();
    }
  }

  /** Begins nothing more: what waits goes back to the queue, what runs is finished. */
  stop(): void {
    this.stopping = true;
    for (const task of this.parts.waiting.takeAll((each) => !each.begun)) task.reject(new HandedBackError());
  }

  private async runGroup(child: ComputeChild, candidates: Task[]): Promise<void> {
    const group = await this.begin(candidates);
    if (group.length > 0) await this.run(child, group);
    this.parts.pool.give(child);
    this.feed();
  }

  /** The tasks that may run; the others were taken away meanwhile, or cannot be marked. */
  private async begin(candidates: Task[]): Promise<Task[]> {
    const fresh = candidates.filter((task) => !task.begun);
    const [first] = fresh;
    if (first !== undefined) {
      const marks = await this.parts.begin(first.label, fresh).catch((cause: unknown) => {
        const error = new EarshotError('queue_unavailable', 'Redis did not take the start of the job.', { cause });
        return fresh.map(() => error);
      });
      fresh.forEach((task, i) => {
        const mark = marks[i];
        if (mark instanceof Error) task.reject(mark);
        else if (mark === 0) task.reject(new TakenAwayError());
        else task.begun = true;
      });
    }
    return candidates.filter((task) => task.begun);
  }

  private async run(child: ComputeChild, group: Task[]): Promise<void> {
    const start = performance.now();
    const end = await this.untilEnd(child, group);
    const left = group.filter((task) => {
      if (task.takenAway) task.reject(new TakenAwayError());
      return !task.takenAway;
    });
    if (end.how === 'answered') {
      this.parts.fetchLimit.measured(performance.now() - start, group.length);
      group.forEach((task, i) => !task.takenAway && this.settle(task, end.results[i]));
    } else if (end.how === 'cut-short') this.parts.waiting.addFirst(left);
    else if (group.length > 1) this.parts.waiting.addAlone(left);
    else for (const task of left) this.judge(task, end.how);
  }

  private async untilEnd(child: ComputeChild, group: Task[]): Promise<RunEnd> {
    const run = runWithin(child, group);
    for (const task of group) this.running.set(task, run.cutShort);
    try {
      return await run.end;
    } finally {
      for (const task of group) this.running.delete(task);
    }
  }

  private settle(task: Task, result: AttemptResult | undefined): void {
    if (result?.ok) return task.resolve(result.outcome);
    const { code, detail, cause } = result ?? {
      code: 'internal_error' as const,
      detail: 'The attempt gave no result.',
    };
    this.parts.log.warn({ jobId: task.jobId, code, detail, cause }, 'attempt failed');
    task.reject(new EarshotError(code, detail));
  }

  /** A process was lost, or ran too long, while it ran this task alone. */
  private judge(task: Task, how: 'crashed' | 'timed-out'): void {
    task.crashesAlone += 1;
    if (how === 'crashed' && task.crashesAlone < crashesThatCondemn) return this.parts.waiting.addAlone([task]);
    const { timeoutMs } = task.payload;
    const failure =
      how === 'crashed'
        ? new EarshotError('input_crashed_worker', 'The process that read this input ended twice; check the file.')
        : new EarshotError(
            'job_timed_out',
            `It ran for the ${timeoutMs / 1000} s it may; raise timeout, or send less.`,
          );
    this.parts.log.warn(
      { jobId: task.jobId, reason: toFailedReason({ code: failure.code, detail: failure.message }) },
      'task condemned',
    );
    task.reject(failure);
  }
}
