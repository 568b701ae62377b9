import type { Task } from './task.js';
import type { WorkSpeed } from './work-speed.js';

/** The most bytes of input in a group, so that none of its jobs waits for long; a single larger input still runs, alone. */
const mostGroupBytes = 64 * 2 ** 20;

/**
 * The tasks that wait for a compute process, and the greedy rule of who goes next: the one that has waited for the
 * longest, and with it this process's share of all others of the same model, up to the model's limit. There is no timer:
 * a lone task never waits for company, and a busy worker groups by itself.
 */
export class WaitingTasks {
  private readonly together: Task[] = [];
  private readonly alone: Task[] = [];

  /** @param processes compute processes among which the tasks are shared */
  constructor(
    private readonly processes: number,
    private readonly speed: Pick<WorkSpeed, 'jobsWithin'>,
  ) {}

  add(task: Task): void {
    this.together.push(task);
  }

  /** Before all others: they had their turn, and lost it through no fault of their own. */
  addFirst(tasks: readonly Task[]): void {
    this.together.unshift(...tasks);
  }

  /** To be run one by one, because one of them may have crashed its process. */
  addAlone(tasks: readonly Task[]): void {
    this.alone.push(...tasks);
  }

  get isEmpty(): boolean {
    return this.alone.length + this.together.length === 0;
  }

  /** The next group, taken out; empty when nothing waits. */
  takeGroup(): Task[] {
    const suspect = this.alone.shift();
    if (suspect) return [suspect];
    const [first] = this.together;
    if (first === undefined) return [];
    const group = this.fit(this.together.filter((task) => task.modelKey === first.modelKey));
    for (const task of group) this.together.splice(this.together.indexOf(task), 1);
    return group;
  }

  /** Takes out all that match. */
  takeAll(matches: (task: Task) => boolean): Task[] {
    const taken: Task[] = [];
    for (const list of [this.alone, this.together])
      for (let i = list.length - 1; i >= 0; i--) if (matches(list[i] as Task)) taken.push(...list.splice(i, 1));
    return taken;
  }

  /**
   * As many as fit together, in order: this process's share, within the model's limit, in half the time that the most
   * impatient may take, and in memory. One that does not fit leaves the others to the next group.
   */
  private fit(candidates: Task[]): Task[] {
    const { groupLimit } = (candidates[0] as Task).payload;
    const share = candidates.slice(0, Math.min(groupLimit, Math.ceil(candidates.length / this.processes)));
    const group: Task[] = [];
    let [bytes, timeoutMs] = [0, Infinity];
    for (const task of share) {
      bytes += task.payload.input.bytes;
      timeoutMs = Math.min(timeoutMs, task.payload.timeoutMs);
      const fits = bytes <= mostGroupBytes && group.length < this.speed.jobsWithin(task.modelKey, timeoutMs / 2);
      if (group.length > 0 && !fits) break;
      group.push(task);
    }
    return group;
  }
}
