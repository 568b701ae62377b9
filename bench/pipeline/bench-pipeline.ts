import { withoutSettings } from '../../apps/cli/src/stack/stack-environment.js';
import { startEarshot } from '../../apps/cli/src/stack/start-earshot.js';
import { withStack } from '../../apps/cli/src/stack/with-stack.js';
import type { BenchTools } from '../benchmark.js';
import type { Workload } from '../workload.js';
import { drive, type Load, type Round } from './drive.js';
import { earshotSubject, peerSubject, type Subject } from './subject.js';
import { summarize, throughputRatio } from './summary.js';

const loads: readonly Load[] = [
  { inFlight: 1, recordings: 40 },
  { inFlight: 8, recordings: 160 },
];
/** Every process of a server has then loaded its model, and compiled what runs often. */
const warmUp: Load = { inFlight: 8, recordings: 80 };
const roundsPerLoad = 3;

/**
 * A whole Earshot, with Redis and a folder store of its own on the disk, under two loads; in turns with the peer at
 * `PEER_SERVER`, where there is one.
 */
export async function benchPipeline(workload: Workload, tools: BenchTools): Promise<void> {
  const { root, folder, interruption } = tools;
  await withStack(interruption, async (stack, over) => {
    const peers = await peersOf(workload, tools.env);
    const settings = { REDIS_URL: '', EARSHOT_PORT: '0', EARSHOT_MODELS: workload.bundles.join(':') };
    const env = { ...withoutSettings(tools.env), ...settings };
    const { url } = await startEarshot(stack, { root, dataFolder: folder, env });
    const subjects = [await earshotSubject(url, workload), ...peers];
    over.addEventListener('abort', () => subjects.forEach((subject) => subject.close()));
    for (const subject of subjects) await drive(subject.send, warmUp);
    for (const load of loads) await benchLoad(subjects, load, workload, tools);
  });
}

async function peersOf(workload: Workload, env: NodeJS.ProcessEnv): Promise<Subject[]> {
  return env['PEER_SERVER'] ? [await peerSubject(env['PEER_SERVER'], workload)] : [];
}

async function benchLoad(
  subjects: readonly Subject[],
  load: Load,
  { recording, model }: Workload,
  { print }: BenchTools,
): Promise<void> {
  const measured = subjects.map(({ name, send }) => ({ name, send, rounds: [] as Round[] }));
  for (let i = 0; i < roundsPerLoad; i++) for (const { send, rounds } of measured) rounds.push(await drive(send, load));
  const ours = measured.find(({ name }) => name === 'earshot')?.rounds ?? [];
  for (const { name, rounds } of measured) {
    const figures = { recording, inFlight: load.inFlight, ...summarize(rounds) };
    if (name === 'earshot') print({ bench: 'pipeline', subject: name, model, ...figures });
    else print({ bench: 'pipeline', subject: name, ...figures, timesAsFast: throughputRatio(ours, rounds) });
  }
}
