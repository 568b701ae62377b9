import { describe, expect, it } from '@jest/globals';
import { inPieces } from '../../test-support/in-pieces.js';
import { largestError, report } from '../../test-support/largest-error.js';
import { recordingBytes, recordingNames, recordingsReadElsewhere } from '../../test-support/recordings.js';
import type { Recording } from '../recording.js';
import { decodeRecording } from './decode-recording.js';
import { openRecording } from './open-recording.js';

/** FLAC is lossless; libopus was compiled differently here and there. Between builds of the others, rounding differs. */
const toleranceOf = (name: string) => (/flac|oga$/.test(name) ? 0 : name.endsWith('opus') ? 1e-4 : 3e-6);
const peak = ({ samples }: Recording) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
const rms = ({ samples }: Recording) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);

describe('a compressed recording', () => {
  it('is there for each description, and the other way round', () => {
    expect(recordingNames.sort()).toEqual(Object.keys(recordingsReadElsewhere).sort());
  });

  it.each(recordingNames)('%s is read as another decoder reads it', async (name) => {
    const elsewhere = recordingsReadElsewhere[name]!;
    const recording = await decodeRecording([recordingBytes(name)]);
    const { sampleRate, channels, samples } = recording;
    expect([sampleRate, channels]).toEqual([elsewhere.sampleRate, elsewhere.channels]);
    expect(samples).toHaveLength(elsewhere.frames * channels);
    const tolerance = toleranceOf(name);
    const errors = Object.entries(elsewhere.at).map(([frame, values]) =>
      largestError(samples.subarray(Number(frame) * channels, (Number(frame) + 1) * channels), values),
    );
    report(`${name}, by ${elsewhere.reader}`, Math.max(...errors), tolerance);
    expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(peak(recording) - elsewhere.peak)).toBeLessThanOrEqual(tolerance);
    expect(rms(recording)).toBeCloseTo(elsewhere.rms, 5);
  });

  it.each(recordingNames)('%s gives the same samples in pieces, and each channel by itself', async (name) => {
    const bytes = recordingBytes(name);
    const { channels, samples } = await decodeRecording([bytes]);
    expect(largestError((await decodeRecording(inPieces(bytes, 777))).samples, samples)).toBe(0);
    const mean = await decodeRecording([bytes], 'mean');
    const last = await decodeRecording([bytes], channels - 1);
    const framesOf = (of: (frame: Float32Array) => number) =>
      mean.samples.map((_, frame) => of(samples.subarray(frame * channels, (frame + 1) * channels)));
    const means = framesOf((frame) => frame.reduce((sum, sample) => sum + sample, 0) / channels);
    expect(largestError(mean.samples, means)).toBe(0);
    expect(
      largestError(
        last.samples,
        framesOf((frame) => frame[channels - 1]!),
      ),
    ).toBe(0);
    expect(mean.samples.length * channels).toBe(samples.length);
    await expect(decodeRecording([bytes], channels)).rejects.toThrow(/^channel \d is asked for/);
  });

  it.each(recordingNames)('%s closes its source when it is given up', async (name) => {
    let isClosed = false;
    async function* source() {
      try {
        yield* inPieces(recordingBytes(name), 1000);
      } finally {
        isClosed = true;
      }
    }
    const blocks = (await openRecording(source())).blocks('mean');
    expect((await blocks.next()).done).toBe(false);
    await blocks.return();
    expect(isClosed).toBe(true);
  });
});
