import { describe, expect, it } from '@jest/globals';
import { largestError } from '../test-support/largest-error.js';
import { noise } from '../test-support/signals.js';
import { delta, stackRows, type DeltaSpec } from './delta.js';
import type { Matrix } from './matrix.js';
import { SignalError } from './signal-error.js';

const row = (length: number, value: (i: number) => number): Matrix => ({
  rows: 1,
  columns: length,
  data: Float32Array.from({ length }, (_, i) => value(i)),
});
const grid = [3, 5, 9, 21].flatMap((width) => [1, 2].map((order) => ({ width, order })));

describe('delta', () => {
  it.each(grid)('of a polynomial of degree $order is its derivative, over $width frames', (spec) => {
    const { data } = delta(
      row(30, (i) => 4 + 3 * i ** spec.order),
      spec,
    );
    expect(largestError(data, new Float32Array(30).fill(3 * spec.order))).toBeLessThan(1e-3);
  });

  it.each(grid)('of what does not change is 0, at its ends too: $width, $order', ({ width, order }) => {
    for (const mode of ['interp', 'nearest'] as const) {
      const { data } = delta(
        row(25, () => 7),
        { width, order, mode },
      );
      expect(largestError(data, new Float32Array(25))).toBeLessThan(1e-6);
    }
  });

  it('keeps rows apart', () => {
    const matrix: Matrix = { rows: 3, columns: 11, data: noise(33) };
    const middle = { rows: 1, columns: 11, data: matrix.data.slice(11, 22) };
    expect(delta(matrix).data.slice(11, 22)).toEqual(delta(middle).data);
  });

  it('needs as many frames as it looks at, unless it repeats those at the ends', () => {
    const short = row(8, (i) => i);
    expect(() => delta(short)).toThrow(SignalError);
    expect(() => delta(short)).toThrow(/8 frames have no changes over 9/);
    const single = delta(
      row(1, () => 3),
      { mode: 'nearest' },
    );
    expect(single.data[0]).toBeCloseTo(0, 12);
  });

  it.each<DeltaSpec>([{ width: 8 }, { width: 1 }, { width: 9, order: 9 }, { order: 0 }, { order: 1.5 }])(
    'refuses %j',
    (spec) => {
      expect(() =>
        delta(
          row(40, (i) => i),
          spec,
        ),
      ).toThrow(RangeError);
    },
  );
});

describe('stackRows', () => {
  it('puts rows below one another', () => {
    const [a, b] = [row(2, (i) => i), row(2, (i) => 10 + i)];
    expect(stackRows([a, b])).toEqual({ rows: 2, columns: 2, data: Float32Array.of(0, 1, 10, 11) });
  });

  it('refuses other numbers of columns', () => {
    expect(() => stackRows([row(2, () => 0), row(3, () => 0)])).toThrow(RangeError);
  });
});
