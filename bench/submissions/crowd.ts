import { once, setMaxListeners } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../../apps/cli/src/command-error.js';

/** How long all may take to have been answered for the first time, which they ask within seconds. */
const gatheringMs = 60_000;

export interface Crowd {
  url: string;
  /** Of each of these jobs one listens to the events, and another polls. */
  ids: readonly string[];
  /** Everything is to end. */
  over: AbortSignal;
}

/** Runs `work` while the crowd is there, from when all of it has been answered once. */
export async function withCrowd<T>({ url, ids, over }: Crowd, work: () => Promise<T>): Promise<T> {
  const done = new AbortController();
  const signal = AbortSignal.any([over, done.signal]);
  setMaxListeners(0, signal); // Each poller waits on it.
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const failed = new Promise<never>((_resolve, reject) => {
    const orEnded = (error: Error) => void (signal.aborted || reject(error));
    for (const id of ids) listen(`${url}/jobs/${id}/events`, agent, arrive).catch(orEnded);
    for (const id of ids) poll(`${url}/jobs/${id}`, agent, signal, arrive).catch(orEnded);
  });
  let awaited = 2 * ids.length;
  function arrive(): void {
    awaited--;
  }
  try {
    return await Promise.race([failed, gathered(() => awaited <= 0).then(work)]);
  } finally {
    done.abort();
    agent.destroy();
  }
}

async function gathered(isComplete: () => boolean): Promise<void> {
  const deadline = Date.now() + gatheringMs;
  while (!isComplete()) {
    if (Date.now() > deadline) throw new CommandError('not all listeners and pollers were answered in time');
    await delay(50);
  }
}

/** Reads until the connection is cut, which is the end of the crowd. */
async function listen(url: string, agent: Agent, arrived: () => void): Promise<void> {
  const answer = await answerTo(url, agent);
  answer.once('data', arrived);
  answer.resume();
  await once(answer, 'close');
  throw new CommandError('a listener was left');
}

async function poll(url: string, agent: Agent, signal: AbortSignal, arrived: () => void): Promise<void> {
  for (let looks = 0; !signal.aborted; looks++) {
    const answer = await answerTo(url, agent);
    answer.resume();
    await once(answer, 'end');
    if (looks === 0) arrived();
    const seconds = Number(answer.headers['retry-after']);
    if (!(seconds > 0)) throw new CommandError('a job that waits was answered without Retry-After');
    await delay(1000 * seconds, undefined, { signal });
  }
}

async function answerTo(url: string, agent: Agent): Promise<IncomingMessage> {
  const request = get(url, { agent });
  // One before the answer is thrown below; one after it ends the answer.
  request.on('error', () => undefined);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new CommandError(`${url}: ${answer.statusCode}`);
  return answer;
}
