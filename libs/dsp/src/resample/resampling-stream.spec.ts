import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { largestError } from '../../test-support/largest-error.js';
import { noise } from '../../test-support/signals.js';
import { resample } from './resample.js';
import { resamplers, type Resampler } from './resampler.js';
import { newResamplingStream, type ResamplingStream } from './resampling-stream.js';

const resampler = fc.constantFrom(...resamplers.filter((name) => name !== 'kaiser_best_0_3'));
const rates = fc.constantFrom<[number, number]>(
  [16_000, 22_050],
  [44_100, 22_050],
  [8000, 16_000],
  [48_000, 1000],
  [44_101, 22_050],
  [7919, 8000],
  [8000, 8000],
);
const cuts = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3000 })), { maxLength: 12 });

function* pieces(samples: Float32Array, lengths: number[]): Generator<Float32Array> {
  let at = 0;
  for (const length of lengths) yield samples.subarray(at, (at += length));
  yield samples.subarray(at);
}

function collected(stream: ResamplingStream, samples: Float32Array, lengths: number[]): Float32Array {
  const outputs: Float32Array[] = [];
  for (const piece of pieces(samples, lengths)) outputs.push(stream.push(piece).slice());
  return joined([...outputs, stream.end()]);
}

function joined(parts: Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

describe('newResamplingStream', () => {
  it('gives bit for bit what the whole recording gives, however it is cut', () => {
    fc.assert(
      fc.property(rates, resampler, fc.integer({ min: 0, max: 6000 }), cuts, ([from, to], name, length, lengths) => {
        const samples = noise(length, length + 1);
        const outputs = collected(newResamplingStream(from, to, name), samples, lengths);
        expect(largestError(outputs, resample(samples, from, to, name))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same for a recording larger than its memory', () => {
    const samples = noise(200_000);
    const outputs = collected(newResamplingStream(16_000, 22_050, 'soxr_hq'), samples, [1, 70_000, 64, 99_999]);
    expect(largestError(outputs, resample(samples, 16_000, 22_050, 'soxr_hq'))).toBe(0);
  });

  it('is not disturbed by another stream of the same rates', () => {
    const inputs = [noise(5000, 1), noise(5000, 2)];
    const streams = inputs.map(() => newResamplingStream(16_000, 22_050, 'kaiser_fast'));
    const outputs: Float32Array[][] = [[], []];
    for (let at = 0; at < 5000; at += 625) {
      streams.forEach((stream, i) => outputs[i]!.push(stream.push(inputs[i]!.subarray(at, at + 625)).slice()));
    }
    streams.forEach((stream, i) => outputs[i]!.push(stream.end()));
    const expected = inputs.map((samples) => resample(samples, 16_000, 22_050, 'kaiser_fast'));
    expect(outputs.map(joined)).toEqual(expected);
  });

  it.each<[Resampler, number, number]>([
    ['kaiser_fast', 16_000, 22_050],
    ['soxr_hq', 44_100, 16_000],
    ['soxr_hq', 44_101, 22_050],
  ])('%s from %d to %d Hz holds back no more than half its filter', (name, from, to) => {
    const stream = newResamplingStream(from, to, name);
    const heldBack = 10_000 - (stream.push(noise(10_000)).length * from) / to;
    expect(heldBack).toBeLessThan(100 * Math.max(1, from / to));
  });

  it('returns its own memory, which the next call overwrites', () => {
    const stream = newResamplingStream(16_000, 22_050, 'kaiser_fast');
    const first = stream.push(noise(1000));
    expect(stream.push(noise(500)).buffer === first.buffer).toBe(true);
  });
});
