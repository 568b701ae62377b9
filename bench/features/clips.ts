import { readFile } from 'node:fs/promises';
import { bytesOf, wavFile } from '../../libs/dsp/test-support/wav-file.js';
import { hasReferenceData, referenceData } from '../../test/reference-data.js';
import type { Workload } from '../workload.js';

/** A recording to be timed. */
export interface Clip {
  clip: string;
  bytes: Uint8Array;
}

/** A fan (10 s, 8 channels, 16 kHz), a keyword (1 s, 16 kHz), and a minute of music's format (44.1 kHz, stereo). */
export async function readClips({ recording, bytes }: Workload): Promise<Clip[]> {
  return [
    { clip: recording, bytes },
    hasReferenceData
      ? { clip: 'keyword', bytes: await readFile(referenceData('speech', 'gsc', 'down.wav')) }
      : { clip: 'made-keyword', bytes: madeClip({ seconds: 1, sampleRate: 16_000, channels: 1 }) },
    { clip: 'made-minute', bytes: madeClip({ seconds: 60, sampleRate: 44_100, channels: 2 }) },
  ];
}

/** Two tones over noise, the same on every machine, in 16-bit integers. */
function madeClip({ seconds, sampleRate, channels }: Record<'seconds' | 'sampleRate' | 'channels', number>) {
  let state = 1;
  const samples = Int16Array.from({ length: seconds * sampleRate * channels }, (_, i) => {
    const time = Math.floor(i / channels) / sampleRate;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return 3000 * Math.sin(2 * Math.PI * 440 * time) + 1000 * Math.sin(2 * Math.PI * 3100 * time) + (state >> 22);
  });
  return wavFile(bytesOf(samples), { channels, sampleRate });
}
