import { expect, it } from '@jest/globals';
import { largestError } from '../../test-support/largest-error.js';
import { windowValues, type WindowShape } from './window.js';

// scipy.signal.get_window(shape, 5, fftbins) for fftbins True and False.
it.each<[WindowShape, number[], number[]]>([
  ['hann', [0, 0.3454915028125263, 0.9045084971874737, 0.9045084971874737, 0.3454915028125263], [0, 0.5, 1, 0.5, 0]],
  [
    'hamming',
    [0.08, 0.3978521825875242, 0.9121478174124757, 0.9121478174124757, 0.3978521825875242],
    [0.08, 0.54, 1, 0.54, 0.08],
  ],
  [
    'blackman',
    [0, 0.20077014326253045, 0.8492298567374694, 0.8492298567374694, 0.20077014326253045],
    [0, 0.34, 1, 0.34, 0],
  ],
  ['bartlett', [0, 0.4, 0.8, 0.8, 0.4], [0, 0.5, 1, 0.5, 0]],
  ['ones', [1, 1, 1, 1, 1], [1, 1, 1, 1, 1]],
])("%s is scipy's, periodic and symmetric", (shape, periodic, symmetric) => {
  expect(largestError(windowValues(shape, 5), periodic)).toBeLessThan(1e-15);
  expect(largestError(windowValues(shape, 5, true), symmetric)).toBeLessThan(1e-15);
});

it('a window of one sample leaves it as it is', () => {
  expect([...windowValues('hann', 1), ...windowValues('bartlett', 1, true)]).toEqual([1, 1]);
});
