import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { CommandError } from '../../apps/cli/src/command-error.js';
import { withoutSettings } from '../../apps/cli/src/stack/stack-environment.js';
import { startEarshot } from '../../apps/cli/src/stack/start-earshot.js';
import { withStack } from '../../apps/cli/src/stack/with-stack.js';
import { newRecording } from '../../test/recordings.js';
import type { BenchTools } from '../benchmark.js';
import { processorMsOfChildren } from '../processor-time.js';
import { median, rounded } from '../timing.js';
import type { Workload } from '../workload.js';

const sizes = [1000, 10_000] as const;
const warmUpFiles = 300;
const rounds = 3;
const model = 'spoken-digits';
const seconds = 0.25;

interface Command {
  root: string;
  env: NodeJS.ProcessEnv;
  over: AbortSignal;
}

interface Run {
  msPerFile: number;
  filesPerSecond: number;
}

/**
 * Folders of a thousand and of ten thousand small recordings, no two alike, by turns, each sent by `earshot batch` to an
 * Earshot of its own: the processor time a file of all processes, the command's included.
 */
export async function benchBatches(_workload: Workload, tools: BenchTools): Promise<void> {
  const runs = new Map<number, Run[]>(sizes.map((files) => [files, []]));
  for (let round = 0; round < rounds; round++)
    for (const files of sizes) runs.get(files)?.push(await runFolder(files, tools));
  const perFile = sizes.map((files) => median((runs.get(files) ?? []).map(({ msPerFile }) => msPerFile)));
  sizes.forEach((files, i) => {
    const all = runs.get(files) ?? [];
    tools.print({
      ...{ bench: 'batches', files, rounds, processorMsPerFile: rounded(perFile[i] ?? NaN) },
      processorMsPerFileByRound: all.map(({ msPerFile }) => rounded(msPerFile)),
      filesPerSecond: rounded(median(all.map(({ filesPerSecond }) => filesPerSecond))),
      timesTheFirst: rounded((perFile[i] ?? NaN) / (perFile[0] ?? NaN)),
    });
  });
}

async function runFolder(files: number, { root, folder, env, interruption }: BenchTools): Promise<Run> {
  const place = join(folder, 'batches');
  try {
    await writeRecordings(join(place, 'warm-up'), warmUpFiles, 0);
    await writeRecordings(join(place, 'recordings'), files, warmUpFiles);
    return await withStack(interruption, async (stack, over) => {
      const settings = { REDIS_URL: '', EARSHOT_PORT: '0', EARSHOT_MODELS: '' };
      const plan = { root, dataFolder: join(place, 'data'), env: { ...withoutSettings(env), ...settings } };
      const { url } = await startEarshot(stack, plan);
      const command = { root, env: { ...withoutSettings(env), EARSHOT_URL: url }, over };
      const send = (name: string) => sendFolder(join(place, name), command);
      await send('warm-up');
      const [begun, before] = [performance.now(), processorMsOfChildren()];
      const commandMs = await send('recordings');
      const ms = processorMsOfChildren() - before + commandMs;
      return { msPerFile: ms / files, filesPerSecond: (1000 * files) / (performance.now() - begun) };
    });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** @param firstSeed of the first; the others follow */
async function writeRecordings(folder: string, count: number, firstSeed: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < count; i++)
    await writeFile(join(folder, `${i}.wav`), newRecording({ seconds, seed: 1 + firstSeed + i }));
}

/** @returns milliseconds of processor time that the command took */
async function sendFolder(folder: string, { root, env, over }: Command): Promise<number> {
  const script = (path: string) => join(root, 'dist', path);
  const preloaded = ['--import', script('bench/batches/report-processor-time.js')];
  const command = [script('apps/cli/src/main.js'), 'batch', folder, '--model', model];
  const child = spawn(process.execPath, [...preloaded, ...command], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env,
    signal: over,
  });
  const [said, ms, [code]] = await Promise.all([
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new CommandError(`earshot batch ended with ${code}: ${said}`);
  return Number(ms);
}
