import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** The command line of a running process, or an empty string if there is none with this id. */
export async function processCommand(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // No such process, or a system without /proc, where ps is always installed.
    return new Promise((resolve) => {
      execFile('ps', ['-o', 'command=', '-p', String(pid)], (_error, stdout) => resolve(stdout));
    });
  }
}
