import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the machine. */
const msPerTick = 10;

interface Process {
  pid: number;
  parent: number;
  ms: number;
}

/** Milliseconds of processor time that this process's children, and theirs, have taken; those that have ended count no more. */
export function processorMsOfChildren(): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const sumBelow = (parent: number): number =>
    all.filter((process) => process.parent === parent).reduce((sum, { pid, ms }) => sum + ms + sumBelow(pid), 0);
  return sumBelow(process.pid);
}

/** The fields of proc(5) `stat` follow the name, which is in brackets and may hold anything. */
function readProcess(name: string): Process[] {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [parent, user, system] = [1, 11, 12].map((i) => Number(fields[i]));
    return [{ pid: Number(name), parent: parent ?? 0, ms: msPerTick * ((user ?? 0) + (system ?? 0)) }];
  } catch {
    return []; // It has ended since the list was read.
  }
}
