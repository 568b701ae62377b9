import { describe, expect, it } from '@jest/globals';
import { toValues } from './to-values.js';

const plane = (...values: number[]) => ({ width: 2, height: 1, values: Float32Array.from(values) });
const planes = [plane(0, 1), plane(0.5, 0.25), plane(1, 0)];

describe('values of planes', () => {
  it('lie pixel by pixel, or channel by channel', () => {
    expect(toValues(planes, { range: [0, 1], order: 'pixels' })).toEqual(Float32Array.of(0, 0.5, 1, 1, 0.25, 0));
    expect(toValues(planes, { range: [0, 1], order: 'channels' })).toEqual(Float32Array.of(0, 1, 0.5, 0.25, 1, 0));
  });

  it.each([
    [[-1, 1], {}, [-1, 1]],
    [[0, 255], {}, [0, 255]],
    [[0, 1], { mean: 0.5, std: 0.25 }, [-2, 2]],
    [[0, 255], { mean: [100] }, [-100, 155]],
  ] as const)('from black %j with %j are %j', (range, statistics, expected) => {
    expect([...toValues([planes[0]!], { range, ...statistics, order: 'pixels' })]).toEqual(expected);
  });

  it('have the mean and deviation of their channel', () => {
    const spec = { range: [0, 1], mean: [0, 0.5, 1], std: [1, 0.5, 2], order: 'channels' } as const;
    expect(toValues(planes, spec)).toEqual(Float32Array.of(0, 1, 0, -0.5, 0, -0.5));
  });
});
