import { CommandError } from '../../apps/cli/src/command-error.js';
import { withoutSettings } from '../../apps/cli/src/stack/stack-environment.js';
import { startEarshot } from '../../apps/cli/src/stack/start-earshot.js';
import { withStack } from '../../apps/cli/src/stack/with-stack.js';
import { newRecording } from '../../test/recordings.js';
import type { BenchTools } from '../benchmark.js';
import { BodySender } from '../body-sender.js';
import { atEvenPace } from '../even-pace.js';
import { percentile, rounded } from '../timing.js';
import type { Workload } from '../workload.js';

const perSecond = 100;
const warmUpJobs = 200;
const jobs = 2000;
const model = 'spoken-digits';
/** 16-bit samples of one channel, 8,000 a second: 32 KiB with the head. */
const recording = new Uint8Array(newRecording({ seconds: 2.045 }));

/** A whole Earshot with a folder store, to which recordings of 32 KiB come at an even pace: how soon each is accepted. */
export async function benchSubmissions(_workload: Workload, tools: BenchTools): Promise<void> {
  const { root, folder, interruption, print } = tools;
  await withStack(interruption, async (stack, over) => {
    const env = { ...withoutSettings(tools.env), REDIS_URL: '', EARSHOT_PORT: '0', EARSHOT_MODELS: '' };
    const { url } = await startEarshot(stack, { root, dataFolder: folder, env });
    const sender = new BodySender(new URL(`/jobs?model=${model}`, url), recording);
    over.addEventListener('abort', () => sender.close());
    const send = () => submit(sender);
    await atEvenPace({ perSecond, count: warmUpJobs }, send);
    const begun = performance.now();
    const acceptedMs = await atEvenPace({ perSecond, count: jobs }, send);
    print({
      ...{ bench: 'submissions', jobs, inputBytes: recording.length },
      jobsPerSecond: rounded((1000 * jobs) / (performance.now() - begun)),
      acceptedP50Ms: rounded(percentile(acceptedMs, 0.5)),
      acceptedP95Ms: rounded(percentile(acceptedMs, 0.95)),
      acceptedMaxMs: rounded(percentile(acceptedMs, 1)),
    });
  });
}

/** @returns milliseconds until the job was accepted */
async function submit(sender: BodySender): Promise<number> {
  const begun = performance.now();
  const { status } = await sender.send();
  if (status !== 202) throw new CommandError(`a job was not accepted: ${status}`);
  return performance.now() - begun;
}
