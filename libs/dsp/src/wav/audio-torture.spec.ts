import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { hasReferenceData, referenceData } from '../../../../test/reference-data.js';
import { largestError } from '../../test-support/largest-error.js';
import { SignalError } from '../signal-error.js';
import { decodeWav } from './decode-wav.js';

/** What libsndfile reads: first samples rounded to 7 digits. */
interface Expected {
  soundfile?: { rate: number; channels: number; frames: number; peak: number; rms: number; first8_ch0: number[] };
  /** What SciPy reads, in the integers of the file's container moved to the top. */
  scipy?: { rate: number; shape: number[]; dtype: string; first8: number[] };
}

const expectations = hasReferenceData
  ? (JSON.parse(readFileSync(referenceData('audio_torture/EXPECTED.dev.json'), 'utf8')) as Record<string, Expected>)
  : {};
/** Formats that are refused by name, although others read them. */
const refused = /\.(aiff|aifc|au|ogg|mp3|flac)$|rf64\.wav$|-be[-.]/;
const names = Object.keys(expectations);
const read = (name: string) => decodeWav(readFileSync(referenceData('audio_torture', name)));
const withReferences = hasReferenceData ? describe : describe.skip;

withReferences('files that other programs stumble over', () => {
  it.each(names.filter((name) => !refused.test(name) && expectations[name]!.soundfile))(
    '%s is read as libsndfile reads it',
    (name) => {
      const { rate, channels, frames, peak, rms, first8_ch0 } = expectations[name]!.soundfile!;
      const recording = read(name);
      const { samples } = recording;
      expect([recording.sampleRate, recording.channels, samples.length]).toEqual([rate, channels, frames * channels]);
      const first = Array.from(first8_ch0, (_, frame) => samples[frame * channels]!);
      expect(largestError(first, first8_ch0)).toBeLessThan(1e-6);
      expect(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeCloseTo(peak, 6);
      expect(Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length)).toBeCloseTo(rms, 5);
    },
  );

  it.each(names.filter((name) => expectations[name]!.scipy?.dtype === 'int64'))(
    '%s, which libsndfile refuses, is read as SciPy reads it',
    (name) => {
      const { rate, shape, first8 } = expectations[name]!.scipy!;
      const recording = read(name);
      const expected = first8.map((value) => value / 2 ** 63);
      expect([recording.sampleRate, recording.channels, recording.samples.length]).toEqual([rate, shape[1], 15]);
      expect(largestError(recording.samples.subarray(0, 8), expected)).toBeLessThan(1e-6);
    },
  );

  it.each(names.filter((name) => refused.test(name) || /early-eof-no-data|incomplete-chunk/.test(name)))(
    '%s is refused with a reason',
    (name) => {
      expect(() => read(name)).toThrow(SignalError);
      expect(() => read(name)).toThrow(/^WAV: /);
    },
  );
});
