import { expect, it } from '@jest/globals';
import { preEmphasis, type PreEmphasisSpec } from './pre-emphasis.js';

it.each<[PreEmphasisSpec, number[]]>([
  [{ coefficient: 0.5 }, [1, 1.5, 0]],
  [{ coefficient: 0.5, first: 'kept' }, [1, 1.5, 0]],
  [{ coefficient: 0.5, first: 'edge' }, [0.5, 1.5, 0]],
  [{ coefficient: 0, first: 'kept' }, [1, 2, 1]],
])('%j', (spec, expected) => {
  expect([...preEmphasis(Float32Array.of(1, 2, 1), spec)]).toEqual(expected);
});

it('weakens what does not change to 1 less the coefficient', () => {
  for (const sample of preEmphasis(new Float32Array(9).fill(1)).subarray(1)) expect(sample).toBeCloseTo(0.03, 6);
});

it('keeps a single sample', () => {
  expect([...preEmphasis(Float32Array.of(0.5)), ...preEmphasis(new Float32Array())]).toEqual([0.5]);
});
