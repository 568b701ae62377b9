import { writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** By Unix's scale: a tenth of what a process of the usual 0 gets while both want the same core. */
const niceness = 10;

/**
 * Gives this process, and those it starts, less of the processor while others want it: an API on the same cores accepts
 * and answers at once, whatever there is to compute. Where nobody else wants it, nothing changes.
 */
export function letOthersGoFirst(): void {
  setPriority(Math.max(getPriority(), niceness));
  try {
    // Linux may weigh whole sessions first (man 7 sched, autogroup), and each of our processes has one of its own.
    writeFileSync('/proc/self/autogroup', String(niceness));
  } catch {
    // Another system, or one that does not let us: then the priority alone has to do.
  }
}
