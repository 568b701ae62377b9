import { decodeMono, mfcc, resample } from '#dsp';
import type { BenchTools } from '../benchmark.js';
import { measureMs, median, rounded } from '../timing.js';
import type { Workload } from '../workload.js';
import { measurePeer } from './peer-features.js';

const runs = 30;
const sampleRate = 22_050;
const spec = { sampleRate, fft: 2048, hop: 512, mels: 128, coefficients: 40 };

/** From the bytes of a recording to its MFCCs, stage by stage; beside a peer's, where the caller names one. */
export async function benchFeatures({ recording, bytes }: Workload, tools: BenchTools): Promise<void> {
  const { print, interruption } = tools;
  const ours: Record<string, number> = {};
  for (const [stage, run] of Object.entries(stagesOf(bytes)))
    ours[stage] = rounded(median(await measureMs(run, { runs, signal: interruption.requested })));
  print({ bench: 'features', subject: 'earshot', recording, runs, ...ours });
  const peer = await measurePeer(bytes, runs, tools);
  if (peer === undefined) return;
  const ratio = rounded(peer.all_ms / (ours['allMs'] ?? NaN));
  print({ bench: 'features', subject: 'peer', recording, runs, figures: peer, ratio });
}

function stagesOf(bytes: Uint8Array): Record<string, () => unknown> {
  const decode = () => decodeMono(bytes, 'mean');
  const mono = decode();
  const toRate = ({ samples, sampleRate: rate } = mono) => resample(samples, rate, sampleRate, 'kaiser_fast');
  const samples = toRate();
  return {
    decodeMs: decode,
    resampleMs: () => toRate(),
    mfccMs: () => mfcc(samples, spec),
    allMs: () => mfcc(toRate(decode()), spec),
  };
}
