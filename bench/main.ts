import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../apps/cli/src/command-error.js';
import { withInterruption, type Interruption } from '../apps/cli/src/terminal/interruption.js';
import type { Benchmark, BenchTools, Line } from './benchmark.js';
import { benchBatches } from './batches/bench-batches.js';
import { benchFeatures } from './features/bench-features.js';
import { benchPipeline } from './pipeline/bench-pipeline.js';
import { benchPredict } from './predict/bench-predict.js';
import { benchRegistration } from './registration/bench-registration.js';
import { benchSubmissions } from './submissions/bench-submissions.js';
import { rounded } from './timing.js';
import { benchWebhooks } from './webhooks/bench-webhooks.js';
import { readWorkload } from './workload.js';

const benchmarks: Record<string, Benchmark> = {
  features: benchFeatures,
  predict: benchPredict,
  registration: benchRegistration,
  pipeline: benchPipeline,
  submissions: benchSubmissions,
  webhooks: benchWebhooks,
  batches: benchBatches,
};
/** As a shell counts it: 128 and the number of SIGINT. */
const interruptedExitCode = 130;
const root = fileURLToPath(new URL('../../', import.meta.url));

function print(line: Line): void {
  console.log(JSON.stringify(line));
}

function printMachine(): void {
  const cpu = cpus()[0]?.model ?? 'unknown';
  const loadAverage1Min = rounded(loadavg()[0] ?? NaN);
  print({ bench: 'machine', cores: availableParallelism(), cpu, node: process.version, loadAverage1Min });
}

async function run(chosen: readonly Benchmark[], tools: BenchTools): Promise<void> {
  const workload = await readWorkload(root, tools.folder);
  printMachine();
  for (const benchmark of chosen) await benchmark(workload, tools);
}

/** Runs `work` with a folder of its own in the checkout: a temporary folder may lie in memory, where no write takes time. */
async function withDiskFolder(work: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'bench-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runUntilStopped(chosen: readonly Benchmark[], interruption: Interruption): Promise<void> {
  const { env } = process;
  try {
    await withDiskFolder((folder) => run(chosen, { root, folder, env, interruption, print }));
  } catch (error) {
    if (interruption.requested.aborted) process.exitCode = interruptedExitCode;
    else if (!(error instanceof CommandError)) throw error;
    else {
      console.error(`bench: ${error.message}`);
      process.exitCode = 1;
    }
  }
}

const names = process.argv.slice(2);
const unknown = names.find((name) => !Object.hasOwn(benchmarks, name));
if (unknown === undefined) {
  const chosen = Object.entries(benchmarks).filter(([name]) => names.length === 0 || names.includes(name));
  await withInterruption(process, Date.now, (interruption) =>
    runUntilStopped(
      chosen.map(([, benchmark]) => benchmark),
      interruption,
    ),
  );
} else {
  console.error(`there is no benchmark ${unknown}: npm run bench -- [${Object.keys(benchmarks).join('] [')}]`);
  process.exitCode = 2;
}
