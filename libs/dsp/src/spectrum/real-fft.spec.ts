import { describe, expect, it } from '@jest/globals';
import { largestError } from '../../test-support/largest-error.js';
import { noise } from '../../test-support/signals.js';
import { realFft } from './real-fft.js';

/** Powers of four and of two, primes, and what lies between. */
const sizes = [1, 2, 3, 4, 5, 7, 8, 16, 31, 32, 60, 64, 100, 127, 128, 400, 441, 512, 1024];

function transformed(frame: Float64Array) {
  const { bins, transform } = realFft(frame.length);
  const [real, imaginary] = [new Float64Array(bins), new Float64Array(bins)];
  transform(frame, real, imaginary);
  return { real, imaginary };
}

/** The definition, term by term. */
function discreteFourier(frame: Float64Array) {
  const bins = Math.floor(frame.length / 2) + 1;
  const angle = (k: number, n: number) => (-2 * Math.PI * ((k * n) % frame.length)) / frame.length;
  const sum = (k: number, turn: (angle: number) => number) => frame.reduce((s, x, n) => s + x * turn(angle(k, n)), 0);
  return {
    real: Float64Array.from({ length: bins }, (_, k) => sum(k, Math.cos)),
    imaginary: Float64Array.from({ length: bins }, (_, k) => sum(k, Math.sin)),
  };
}

describe('realFft', () => {
  it.each(sizes)('is the discrete Fourier transform of %i samples', (size) => {
    const frame = Float64Array.from(noise(size, size));
    const [actual, expected] = [transformed(frame), discreteFourier(frame)];
    expect(largestError(actual.real, expected.real)).toBeLessThan(1e-11);
    expect(largestError(actual.imaginary, expected.imaginary)).toBeLessThan(1e-11);
  });

  it.each([2048, 4096, 1500, 2049])('keeps the energy of %i samples (Parseval)', (size) => {
    const frame = Float64Array.from(noise(size, size));
    const { real, imaginary } = transformed(frame);
    const hasMiddle = size % 2 === 0;
    const spectral = real.reduce((sum, re, k) => {
      const times = k === 0 || (hasMiddle && k === size / 2) ? 1 : 2;
      return sum + times * (re ** 2 + imaginary[k]! ** 2);
    }, 0);
    expect(spectral / size / frame.reduce((sum, x) => sum + x ** 2, 0)).toBeCloseTo(1, 12);
  });

  it('leaves the frame as it is, and gives the same again', () => {
    const frame = Float64Array.from(noise(64));
    const before = frame.slice();
    expect(transformed(frame)).toEqual(transformed(frame));
    expect(frame).toEqual(before);
  });

  it.each([0, -4, 2.5, NaN])('refuses a size of %d', (size) => {
    expect(() => realFft(size)).toThrow(RangeError);
  });
});
