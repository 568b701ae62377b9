import { describe, expect, it } from '@jest/globals';

import { newRandom, shuffled } from './random.js';

describe('newRandom', () => {
  it('draws the same numbers for the same seed, and others for another', () => {
    const draw = (seed: number) => {
      const random = newRandom(seed);
      return [random.between(0, 1), random.normal(), random.pick(['a', 'b', 'c', 'd'])];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('draws evenly between its bounds', () => {
    const random = newRandom(1);
    const drawn = Array.from({ length: 10_000 }, () => random.between(2, 4));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...drawn)).toBeLessThan(4);
    expect(drawn.filter((value) => value < 2.5).length / drawn.length).toBeCloseTo(0.25, 1);
  });

  it('draws normal numbers of mean 0 and deviation 1', () => {
    const random = newRandom(1);
    const drawn = Array.from({ length: 10_000 }, () => random.normal());
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});

describe('shuffled', () => {
  it('keeps every value and leaves the list it was given as it is', () => {
    const values = Array.from({ length: 50 }, (_, index) => index);
    const result = shuffled(values, newRandom(1));
    expect(result).not.toEqual(values);
    expect([...result].sort((a, b) => a - b)).toEqual(values);
    expect(values[0]).toBe(0);
  });
});
