import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { ParityCase, ParityLine } from './parity-case.js';

const program = fileURLToPath(new URL('child.js', import.meta.url));
/** A file that takes longer has failed. */
const timeoutMs = 60_000;

/**
 * Runs cases in processes of their own, several at a time, and gives the lines in the order of the cases.
 *
 * @param processes how many at a time
 */
export async function runCases(cases: readonly ParityCase[], processes: number): Promise<ParityLine[]> {
  const lines = new Map<ParityCase, ParityLine>();
  const waiting = [...cases];
  const work = async () => {
    let child: ChildProcess | undefined;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      child = child?.connected ? child : fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      lines.set(next, await runIn(child, next));
    }
    child?.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(processes, cases.length) }, work));
  return cases.map((one) => lines.get(one)!);
}

async function runIn(child: ChildProcess, parityCase: ParityCase): Promise<ParityLine> {
  const settled = new AbortController();
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const { signal } = settled;
  const ended = once(child, 'exit', { signal }).then(([code, by]) => failed(parityCase, String(by ?? code)));
  const answered = once(child, 'message', { signal }).then(([line]) => line as ParityLine);
  try {
    child.send(parityCase);
    return await Promise.race([answered, ended]);
  } finally {
    clearTimeout(timer);
    settled.abort();
    await Promise.allSettled([ended, answered]);
  }
}

function failed({ file, goldens }: ParityCase, how: string): ParityLine {
  const message = `its process ended (${how}), or gave no answer in ${timeoutMs / 1000} s`;
  return { file, goldens: goldens.length, within: 0, result: 'failed', message };
}
