import { mfcc, readMono, resample, type Mono } from '#dsp';
import type { BenchTools } from '../benchmark.js';
import { measureMs, median, rounded } from '../timing.js';
import type { Workload } from '../workload.js';
import { readClips } from './clips.js';
import { measureLibrosa } from './librosa.js';

const runs = 30;
const sampleRate = 22_050;
const spec = { sampleRate, fft: 2048, hop: 512, mels: 128, coefficients: 40 };

/**
 * From the bytes of recordings to their MFCCs, stage by stage; beside librosa's, where the caller names a Python that
 * has it. Both resample as they do by default.
 */
export async function benchFeatures(workload: Workload, tools: BenchTools): Promise<void> {
  for (const { clip, bytes } of await readClips(workload)) {
    const ours = await measureStages(bytes, tools.interruption.requested);
    const librosa = await measureLibrosa(bytes, runs, tools);
    const beside = librosa && { librosa, ratio: rounded(ours.allMs / librosa.allMs) };
    tools.print({ bench: 'features', clip, runs, ...ours, ...beside });
  }
}

async function measureStages(bytes: Uint8Array, signal: AbortSignal) {
  const decode = () => readMono([bytes], 'mean');
  const toRate = (mono: Mono) => resample(mono.samples, mono.sampleRate, sampleRate, 'soxr_hq');
  const mono = await decode();
  const samples = toRate(mono);
  const time = async (run: () => unknown) => rounded(median(await measureMs(run, { runs, signal })));
  return {
    decodeMs: await time(decode),
    resampleMs: await time(() => toRate(mono)),
    mfccMs: await time(() => mfcc(samples, spec)),
    allMs: await time(async () => mfcc(toRate(await decode()), spec)),
  };
}
