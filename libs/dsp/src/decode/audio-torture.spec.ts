import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { hasReferenceData, referenceData } from '../../../../test/reference-data.js';
import { largestError } from '../../test-support/largest-error.js';
import { SignalError } from '../signal-error.js';
import { decodeRecording } from './decode-recording.js';

/** What libsndfile reads: first samples rounded to 7 digits. */
interface Expected {
  soundfile?: { rate: number; channels: number; frames: number; peak: number; rms: number; first8_ch0: number[] };
  /** What SciPy reads, in the integers of the file's container moved to the top. */
  scipy?: { rate: number; shape: number[]; dtype: string; first8: number[] };
}

const expectations = hasReferenceData
  ? (JSON.parse(readFileSync(referenceData('audio_torture/EXPECTED.dev.json'), 'utf8')) as Record<string, Expected>)
  : {};
const files = Object.entries(expectations);
/** How far the first samples, the peak and the RMS may lie: codecs that lose something are rounded differently by each decoder. */
const toleranceOf = (name: string) => (/\.(mp3|ogg)$/.test(name) ? 1e-5 : 1e-6);
const read = (name: string) => decodeRecording([readFileSync(referenceData('audio_torture', name))]);
const withReferences = hasReferenceData ? describe : describe.skip;

withReferences('files that other programs stumble over', () => {
  it.each(files.flatMap(([name, { soundfile }]) => (soundfile ? [[name, soundfile] as const] : [])))(
    '%s is read as libsndfile reads it',
    async (name, { rate, channels, frames, peak, rms, first8_ch0 }) => {
      const recording = await read(name);
      const { samples } = recording;
      expect([recording.sampleRate, recording.channels, samples.length]).toEqual([rate, channels, frames * channels]);
      const first = Array.from(first8_ch0, (_, frame) => samples[frame * channels]!);
      expect(largestError(first, first8_ch0)).toBeLessThan(toleranceOf(name));
      const mostly = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      expect(Math.abs(mostly - peak)).toBeLessThan(toleranceOf(name));
      const energy = samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length;
      expect(Math.abs(Math.sqrt(energy) - rms)).toBeLessThan(toleranceOf(name));
    },
  );

  it.each(files.flatMap(([name, { scipy, soundfile }]) => (scipy && !soundfile ? [[name, scipy] as const] : [])))(
    '%s, which libsndfile refuses, is read as SciPy reads it',
    async (name, { rate, shape, dtype, first8 }) => {
      const recording = await read(name);
      expect([recording.sampleRate, recording.channels, dtype]).toEqual([rate, shape[1], 'int64']);
      expect(recording.samples).toHaveLength(shape[0]! * shape[1]!);
      const expected = first8.map((value) => value / 2 ** 63);
      expect(largestError(recording.samples.subarray(0, 8), expected)).toBeLessThan(1e-6);
    },
  );

  it('are refused where neither reads them, for a reason', async () => {
    const refused = files.filter(([, { soundfile, scipy }]) => !soundfile && !scipy).map(([name]) => name);
    const reasons = await Promise.all(refused.map((name) => read(name).catch((error: unknown) => error)));
    expect(Object.fromEntries(refused.map((name, i) => [name, reasons[i]]))).toEqual({
      'scipy/test-44100Hz-le-1ch-4bytes-early-eof-no-data.wav': new SignalError(
        'WAV: the file ends at byte 72, before any data chunk',
      ),
      'scipy/test-44100Hz-le-1ch-4bytes-incomplete-chunk.wav': new SignalError(
        'WAV: the file ends at byte 13, before any data chunk',
      ),
    });
  });
});
