import { CommandError } from '../../apps/cli/src/command-error.js';
import { withoutSettings } from '../../apps/cli/src/stack/stack-environment.js';
import { startEarshot } from '../../apps/cli/src/stack/start-earshot.js';
import { withStack } from '../../apps/cli/src/stack/with-stack.js';
import { newRecording } from '../../test/recordings.js';
import { withReceiver, type Receiver } from '../../test/with-receiver.js';
import type { BenchTools } from '../benchmark.js';
import { BodySender } from '../body-sender.js';
import { atEvenPace } from '../even-pace.js';
import { percentile, rounded } from '../timing.js';
import type { Workload } from '../workload.js';

const jobsPerSecond = 50;
/** A server that has just been started computes at a fraction of its speed. */
const warmUpJobs = 500;
const jobs = 1000;
const model = 'spoken-digits';
const lastMs = 30_000;
const recording = new Uint8Array(newRecording({ seconds: 0.5 }));

/**
 * A whole Earshot, to which small recordings come at an even pace; how long after its completion the event of each has
 * been received. Both ends are read from one clock, as everything runs on one machine.
 */
export async function benchWebhooks(_workload: Workload, tools: BenchTools): Promise<void> {
  const { root, folder, interruption, print } = tools;
  await withReceiver(async (receiver) => {
    await withStack(interruption, async (stack, over) => {
      const settings = { REDIS_URL: '', EARSHOT_PORT: '0', EARSHOT_MODELS: '', EARSHOT_EGRESS_ALLOW: receiver.host };
      const env = { ...withoutSettings(tools.env), ...settings };
      const { url } = await startEarshot(stack, { root, dataFolder: folder, env });
      await register(url, receiver);
      const sender = new BodySender(new URL(`/jobs?model=${model}`, url), recording);
      over.addEventListener('abort', () => sender.close());
      const send = () => submit(sender);
      await atEvenPace({ perSecond: jobsPerSecond, count: warmUpJobs }, send);
      await receiver.has(warmUpJobs, lastMs);
      const begun = performance.now();
      await atEvenPace({ perSecond: jobsPerSecond, count: jobs }, send);
      const submittedMs = performance.now() - begun;
      const received = (await receiver.has(warmUpJobs + jobs, lastMs)).slice(warmUpJobs);
      const delays = received.map(({ event, atMs }) => atMs - Date.parse(event.timestamp));
      print({
        bench: 'webhooks',
        jobs,
        jobsPerSecond: rounded((1000 * jobs) / submittedMs),
        received: new Set(received.map(({ id }) => id)).size,
        completedToReceivedP50Ms: percentile(delays, 0.5),
        completedToReceivedP95Ms: percentile(delays, 0.95),
        completedToReceivedMaxMs: percentile(delays, 1),
      });
    });
  });
}

async function register(url: string, receiver: Receiver): Promise<void> {
  const body = JSON.stringify({ url: receiver.url, events: ['job.succeeded'] });
  const answer = await fetch(`${url}/webhooks`, { method: 'POST', body });
  if (answer.status !== 201) throw new CommandError(`the webhook was not registered: ${answer.status}`);
}

async function submit(sender: BodySender): Promise<void> {
  const { status } = await sender.send();
  if (status !== 202) throw new CommandError(`a job was not accepted: ${status}`);
}
