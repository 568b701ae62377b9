import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Files of a model, damaged or made to do harm. */
export interface Trial {
  /** What was done to what. */
  name: string;
  names: { weights: string; topology?: string };
  files: ReadonlyMap<string, Uint8Array>;
  /** Whether it is a whole bundle, with a card: then it is registered. */
  bundle?: boolean;
}

export interface Outcome {
  trial: string;
  outcome: 'valid' | 'refused' | 'broken' | 'hung' | 'lost';
  message?: string;
  /** The most memory that the process had by then. */
  peakBytes?: number;
}

const program = fileURLToPath(new URL('trial.process.mjs', import.meta.url));
/** Each takes some milliseconds; slow machines may have to wait for their cores. */
const timeoutMs = 30_000;
/** Then another process begins, so that what the last had does not hide what a file takes. */
const trialsPerProcess = 100;

/** Tries files in so many processes at a time. One that is lost costs the file that ended it. */
export async function runTrials(trials: readonly Trial[], processes = 2): Promise<Outcome[]> {
  const waiting = [...trials];
  const outcomes: Outcome[] = [];
  const work = async () => {
    let child: ChildProcess | undefined;
    for (let count = 0, next = waiting.shift(); next; next = waiting.shift(), count++) {
      if (count % trialsPerProcess === 0) await end(child);
      child = child?.connected ? child : await start();
      outcomes.push(await runIn(child, next));
    }
    await end(child);
  };
  await Promise.all(Array.from({ length: processes }, work));
  return outcomes;
}

async function start(): Promise<ChildProcess> {
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  await once(child, 'message');
  return child;
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child?.connected) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}

async function runIn(child: ChildProcess, { name, names, files, bundle }: Trial): Promise<Outcome> {
  const settled = new AbortController();
  const { signal } = settled;
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  const lost = once(child, 'exit', { signal }).then(([code, by]): Omit<Outcome, 'trial'> => ({
    outcome: hung ? 'hung' : 'lost',
    message: String(by ?? code),
  }));
  const answered = once(child, 'message', { signal }).then(([reply]) => reply as Omit<Outcome, 'trial'>);
  try {
    child.send({ names, files: new Map(files), bundle });
    return { trial: name, ...(await Promise.race([answered, lost])) };
  } finally {
    clearTimeout(timer);
    settled.abort();
    await Promise.allSettled([lost, answered]);
  }
}
