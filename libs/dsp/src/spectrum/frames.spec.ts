import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noise } from '../../test-support/signals.js';
import { copyPadded, frameCount, frameWindow, type FrameSpec, type Padding } from './frames.js';

function padded(samples: number[], before: number, after: number, padding: Padding) {
  const target = new Float32Array(before + samples.length + after);
  copyPadded(Float32Array.from(samples), -before, { fft: 2, hop: 1, padding }, target);
  return [...target];
}

describe('copyPadded', () => {
  // What numpy.pad([1, 2, 3], (2, 3), mode) and numpy.pad([1, 2], (3, 4), 'reflect') give.
  it.each<[Padding, number[], number, number, number[]]>([
    ['zeros', [1, 2, 3], 2, 3, [0, 0, 1, 2, 3, 0, 0, 0]],
    ['edge', [1, 2, 3], 2, 3, [1, 1, 1, 2, 3, 3, 3, 3]],
    ['reflect', [1, 2, 3], 2, 3, [3, 2, 1, 2, 3, 2, 1, 2]],
    ['reflect', [1, 2], 3, 4, [2, 1, 2, 1, 2, 1, 2, 1, 2]],
    ['reflect', [7], 2, 2, [7, 7, 7, 7, 7]],
  ])('%s around %j', (padding, samples, before, after, expected) => {
    expect(padded(samples, before, after, padding)).toEqual(expected);
  });

  it('has no padding but zeros for frames that are not centred', () => {
    const target = new Float32Array(3);
    copyPadded(Float32Array.of(1, 2), 1, { fft: 2, hop: 1, padding: 'edge', centered: false }, target);
    expect([...target]).toEqual([2, 0, 0]);
  });

  it('gives any stretch of what it gives as a whole', () => {
    const length = fc.integer({ min: 1, max: 40 });
    const mode = fc.constantFrom<Padding>('zeros', 'reflect', 'edge');
    fc.assert(
      fc.property(
        length,
        fc.integer({ min: -60, max: 100 }),
        fc.integer({ min: 0, max: 30 }),
        mode,
        (n, at, m, mode) => {
          const [samples, spec] = [noise(n), { fft: 2, hop: 1, padding: mode }];
          const [whole, part] = [new Float32Array(240), new Float32Array(m)];
          copyPadded(samples, -80, spec, whole);
          copyPadded(samples, at, spec, part);
          expect(part).toEqual(whole.subarray(80 + at, 80 + at + m));
        },
      ),
    );
  });
});

describe('frameCount', () => {
  it('needs the samples under a window at the start of a frame, and no more', () => {
    const spec: FrameSpec = { fft: 512, hop: 160, centered: false, windowLength: 480, windowAt: 'start' };
    expect([480, 639, 640, 16_000].map((samples) => frameCount(samples, spec))).toEqual([1, 1, 2, 98]);
    expect(() => frameCount(479, spec)).toThrow(/479 samples are fewer than one frame of 480/);
  });
});

describe('frameWindow', () => {
  it('lies at the start of a longer frame if told so', () => {
    const window = [...frameWindow({ fft: 6, hop: 1, windowLength: 4, windowAt: 'start' })];
    expect(window.map((value) => Number(value.toFixed(12)))).toEqual([0, 0.5, 1, 0.5, 0, 0]);
  });

  it.each([0, 9, NaN])('refuses %d samples in a frame of 8', (windowLength) => {
    expect(() => frameWindow({ fft: 8, hop: 1, windowLength })).toThrow(RangeError);
  });
});
