import type { Plane } from './pixels.js';

export interface ValueSpec {
  /** What black and white become. */
  range: readonly [black: number, white: number];
  /** Taken from each value, after `range`: one number, or one for each plane. Default 0. */
  mean?: number | readonly number[] | undefined;
  /** What each value is divided by then: one number, or one for each plane. Default 1. */
  std?: number | readonly number[] | undefined;
  /** Whether a pixel's values lie beside each other, or all values of a channel. */
  order: 'pixels' | 'channels';
}

/** Planes of equal size, one for each channel, as one array of a network's input. */
export function toValues(
  planes: readonly Plane[],
  { range: [black, white], mean = 0, std = 1, order }: ValueSpec,
): Float32Array {
  const [{ values: first }] = planes as [Plane];
  const result = new Float32Array(planes.length * first.length);
  planes.forEach(({ values }, channel) => {
    const [offset, divisor] = [mean, std].map((all) => (typeof all === 'number' ? all : all[channel]!)) as [
      number,
      number,
    ];
    const [start, step] = order === 'pixels' ? [channel, planes.length] : [channel * first.length, 1];
    values.forEach((value, i) => {
      result[start + i * step] = (black + value * (white - black) - offset) / divisor;
    });
  });
  return result;
}
