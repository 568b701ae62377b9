import { ComputeChildLostError, type ComputeChild } from '../compute/compute-child.js';
import type { AttemptResult } from '../compute/messages.js';
import type { Task } from './task.js';

/** How long a group may still run after one of its tasks was taken away: most end by themselves, and spare a process. */
const cutShortAfterMs = 300;

/** How a group's run ended. In all but the first case the process is gone. */
export type RunEnd =
  | { how: 'answered'; results: AttemptResult[] }
  /** The process ended by itself. */
  | { how: 'crashed' }
  /** It was killed because the group ran longer than its most impatient task may. */
  | { how: 'timed-out' }
  /** It was killed because a task was taken away. */
  | { how: 'cut-short' };

/**
 * Runs a group of tasks of one model in a compute process, for as long as they may run. The time of a group is that of
 * its most impatient task: whatever outlasts it is run again one by one, each with all of its own time.
 */
export function runWithin(child: ComputeChild, group: readonly Task[]): { end: Promise<RunEnd>; cutShort: () => void } {
  const timers: NodeJS.Timeout[] = [];
  let killedFor: 'timed-out' | 'cut-short' | null = null;
  const killAfter = (delayMs: number, reason: 'timed-out' | 'cut-short'): void => {
    const kill = (): void => {
      killedFor ??= reason;
      void child.kill();
    };
    timers.push(setTimeout(kill, delayMs));
  };
  const run = async (): Promise<RunEnd> => {
    try {
      const { model } = (group[0] as Task).payload;
      const attempts = group.map((task) => task.newAttempt());
      const { results } = await child.ask('predict', { model, attempts });
      return { how: 'answered', results };
    } catch (error) {
      if (!(error instanceof ComputeChildLostError)) throw error;
      return { how: killedFor ?? 'crashed' };
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  };
  killAfter(Math.min(...group.map((task) => task.payload.timeoutMs)), 'timed-out');
  return { end: run(), cutShort: () => killAfter(cutShortAfterMs, 'cut-short') };
}
