import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../../apps/cli/src/command-error.js';
import { withoutSettings } from '../../apps/cli/src/stack/stack-environment.js';
import { startEarshot } from '../../apps/cli/src/stack/start-earshot.js';
import { withStack } from '../../apps/cli/src/stack/with-stack.js';
import { writeBundle } from '../../test/bundles.js';
import { newRecording } from '../../test/recordings.js';
import type { BenchTools } from '../benchmark.js';
import { BodySender } from '../body-sender.js';
import { atEvenPace } from '../even-pace.js';
import { median, percentile, rounded } from '../timing.js';
import type { Workload } from '../workload.js';
import { withCrowd } from './crowd.js';

const perSecond = 100;
/** The API needs half as long again for each of the first thousand. */
const warmUpJobs = 2000;
const jobs = 1000;
const rounds = 3;
/** Thousands who come or go in the same second keep an API busy for most of it; compared is what goes on. */
const settleMs = 3000;
const model = 'spoken-digits';
/** The same in a queue that no worker takes from, so that its jobs can be looked at for as long as needed. */
const idleModel = 'idle-digits';
/** Of each kind: who listen to events, and who poll. */
const crowd = 1000;
/** 16-bit samples of one channel, 8,000 a second: 32 KiB with the head. */
const recording = new Uint8Array(newRecording({ seconds: 2.045 }));

/**
 * A whole Earshot with a folder store, to which recordings of 32 KiB come at an even pace: how soon each is accepted, by
 * turns while nobody else is there, and while a thousand listen to the events of jobs and another thousand poll.
 */
export async function benchSubmissions(_workload: Workload, tools: BenchTools): Promise<void> {
  const { root, folder, interruption, print } = tools;
  await withStack(interruption, async (stack, over) => {
    const toIdle = (card: { name: string; queue?: unknown }) => Object.assign(card, { name: idleModel, queue: 'idle' });
    const bundle = await writeBundle(join(folder, idleModel), toIdle, join(root, 'models'));
    const env = { ...withoutSettings(tools.env), REDIS_URL: '', EARSHOT_PORT: '0', EARSHOT_MODELS: bundle };
    const { url } = await startEarshot(stack, { root, dataFolder: folder, env });
    const sender = new BodySender(new URL(`/jobs?model=${model}`, url), recording);
    over.addEventListener('abort', () => sender.close());
    const round = async (count: number) => {
      await delay(settleMs);
      return atEvenPace({ perSecond, count }, () => accept(sender));
    };
    await round(warmUpJobs);
    const watched = await idleJobs(url);
    const [alone, crowded]: [number[][], number[][]] = [[], []];
    for (let i = 0; i < rounds; i++) {
      alone.push(await round(jobs));
      crowded.push(await withCrowd({ url, ids: watched, over }, () => round(jobs)));
    }
    print({ bench: 'submissions', ...figuresOf(alone), listeners: 0, pollers: 0 });
    const timesTheP95 = rounded(
      median(alone.map((ms, i) => percentile(crowded[i] ?? [], 0.95) / percentile(ms, 0.95))),
    );
    print({ bench: 'submissions', ...figuresOf(crowded), listeners: crowd, pollers: crowd, timesTheP95 });
  });
}

function figuresOf(ofRounds: readonly number[][]): Record<string, number | readonly number[]> {
  const p95 = ofRounds.map((ms) => rounded(percentile(ms, 0.95)));
  const all = ofRounds.flat();
  return {
    ...{ jobs: all.length, jobsPerSecond: perSecond, inputBytes: recording.length },
    acceptedP50Ms: rounded(percentile(all, 0.5)),
    acceptedP95Ms: rounded(percentile(all, 0.95)),
    acceptedP95MsByRound: p95,
    acceptedMaxMs: rounded(percentile(all, 1)),
  };
}

/** @returns milliseconds until the job was accepted */
async function accept(sender: BodySender): Promise<number> {
  const begun = performance.now();
  const { status } = await sender.send();
  if (status !== 202) throw new CommandError(`a job was not accepted: ${status}`);
  return performance.now() - begun;
}

/** Jobs that stay queued, one for every listener and poller. */
async function idleJobs(url: string): Promise<string[]> {
  const sender = new BodySender(new URL(`/jobs?model=${idleModel}`, url), recording);
  const ids = await atEvenPace({ perSecond, count: crowd }, async () => {
    const { status, body } = await sender.send();
    if (status !== 202) throw new CommandError(`a job was not accepted: ${status} ${body}`);
    return (JSON.parse(body) as { id: string }).id;
  });
  sender.close();
  return ids;
}
