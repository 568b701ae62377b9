import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { EngineName } from '#models';
import { CommandError } from '../../apps/cli/src/command-error.js';
import type { BenchTools } from '../benchmark.js';
import { rounded } from '../timing.js';
import type { Workload } from '../workload.js';
import type { PredictFigures, PredictTask } from './messages.js';

const program = new URL('./predict.process.js', import.meta.url);
const engines: readonly EngineName[] = ['onnxruntime', 'tfjs-wasm'];
/** A lone job, and as many at once as a card allows unless it says otherwise. */
const groups = [1, 16];
const runs = 50;

/** One call of each network in each engine, from inputs to predictions. */
export async function benchPredict({ bytes, allBundles }: Workload, tools: BenchTools): Promise<void> {
  for (const bundle of allBundles) {
    for (const name of engines) {
      const task = { engine: name, bundle, recording: bytes, groups, runs };
      const { model, engine, callMs, addedMs } = await inProcess(task, tools.interruption.requested);
      groups.forEach((group, i) => {
        const ms = callMs[i] ?? NaN;
        tools.print({
          ...{ bench: 'predict', model, engine, group, runs },
          ...{ callMs: rounded(ms), perInputMs: rounded(ms / group) },
          ...(addedMs[i] !== undefined && { addedMs: rounded(addedMs[i]) }),
        });
      });
    }
  }
}

/** @throws CommandError if the process ends without having answered; it has said why on standard error */
async function inProcess(task: PredictTask, signal: AbortSignal): Promise<PredictFigures> {
  const child = fork(program, { serialization: 'advanced', signal });
  const exit = once(child, 'exit');
  try {
    child.send(task);
    const answer = await Promise.race([once(child, 'message'), exit.then(() => undefined)]);
    if (answer === undefined) throw new CommandError(`the process that predicts with ${task.bundle} failed`);
    return answer[0] as PredictFigures;
  } finally {
    if (child.connected) child.disconnect();
    await exit;
  }
}
