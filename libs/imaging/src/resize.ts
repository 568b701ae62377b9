import type { Plane } from './pixels.js';

/** Standard deviations at which the Gaussian is cut off. */
const truncate = 4;

/** What one place of the result is made of: `weights[k]` times the value at `sources[k]`, summed. */
interface Blend {
  sources: number[];
  weights: number[];
}

/**
 * The image at another size, its proportions not kept. Along each axis that shrinks by a factor f a Gaussian of
 * sigma (f - 1) / 2 first takes away what the new pixels cannot show; then values are interpolated linearly. Beyond its
 * edges the image is taken as mirrored about the centre of its outermost pixels. As scikit-image's
 * `resize(order=1, mode='reflect', anti_aliasing=True)`.
 */
export function resize(plane: Plane, width: number, height: number): Plane {
  const narrow = alongRows(plane, blendsOf(plane.width, width));
  return transposed(alongRows(transposed(narrow), blendsOf(plane.height, height)));
}

/** Smoothing only where the interpolation looks: to smooth all of a photograph first takes a hundred times as long. */
function blendsOf(from: number, to: number): Blend[] {
  const bell = gaussian(Math.max(0, (from / to - 1) / 2));
  const radius = (bell.length - 1) / 2;
  return Array.from({ length: to }, (_none, index) => {
    const at = (index + 0.5) * (from / to) - 0.5;
    const before = Math.floor(at);
    const share = at - before;
    const weights = Array.from({ length: bell.length + 1 }, (_no, k) => {
      return (1 - share) * (bell[k] ?? 0) + share * (bell[k - 1] ?? 0);
    });
    return { sources: weights.map((_weight, k) => mirrored(before - radius + k, from)), weights };
  });
}

/** Weights that sum to 1, the middle one at the centre. */
function gaussian(sigma: number): number[] {
  const radius = Math.floor(truncate * sigma + 0.5);
  const offsets = Array.from({ length: 2 * radius + 1 }, (_none, index) => index - radius);
  const bell = offsets.map((offset) => (offset === 0 ? 1 : Math.exp(-0.5 * (offset / sigma) ** 2)));
  const total = bell.reduce((sum, weight) => sum + weight);
  return bell.map((weight) => weight / total);
}

/** The place within 0 to `length` - 1 that a mirror at both outermost places shows. */
function mirrored(at: number, length: number): number {
  const period = Math.max(1, 2 * (length - 1));
  const within = ((at % period) + period) % period;
  return Math.min(within, period - within);
}

function alongRows({ width, height, values }: Plane, blends: Blend[]): Plane {
  const result = new Float32Array(blends.length * height);
  for (let y = 0; y < height; y++)
    blends.forEach(({ sources, weights }, x) => {
      let sum = 0;
      for (let k = 0; k < sources.length; k++) sum += weights[k]! * values[y * width + sources[k]!]!;
      result[y * blends.length + x] = sum;
    });
  return { width: blends.length, height, values: result };
}

function transposed({ width, height, values }: Plane): Plane {
  const result = new Float32Array(values.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) result[x * height + y] = values[y * width + x]!;
  return { width: height, height: width, values: result };
}
