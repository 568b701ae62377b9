import { readFileSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** By Unix's scale: a tenth of what a process of the usual 0 gets while both want the same core. */
const niceness = 10;

/**
 * Gives this process less of the processor while others want it: whatever there is to compute, an API on the same cores
 * accepts at once, and a worker that only notifies tells of results. Where nobody else wants it, nothing changes.
 */
export function letOthersGoFirst(): void {
  setPriority(Math.max(getPriority(), niceness));
  try {
    // Linux may weigh whole sessions first (man 7 sched, autogroup). One that others began, such as a shell, is not ours.
    if (leadsItsSession()) writeFileSync('/proc/self/autogroup', String(niceness));
  } catch {
    // Another system, or one that does not let us: then the priority alone has to do.
  }
}

/** By `man 5 proc`: behind the name, in brackets, which may hold anything, come state, parent, group and session. */
function leadsItsSession(): boolean {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(session) === process.pid;
}
