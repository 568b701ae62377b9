/** What one place of a result is made of: `weights[k]` times the value at `first + k`, summed. */
export interface Blend {
  first: number;
  weights: Float64Array;
}

/**
 * How pixels of one size are made of pixels of another. Pixel `i` of `to` lies at `(i + 0.5) * from / to - 0.5`, so
 * that the outer edges of both images meet.
 *
 * - `scikit-image`: `skimage.transform.resize(order=1, mode='reflect', anti_aliasing=True)`. An axis that shrinks by a
 *   factor f is smoothed by a Gaussian of sigma (f - 1) / 2 up to 4 sigma, then values are interpolated linearly.
 *   Beyond its edges the image is mirrored about the centre of its outermost pixels.
 * - `bilinear`: between the two nearest pixels, whatever is skipped; the outermost repeat. `tf.image.resize` and
 *   OpenCV's INTER_LINEAR.
 * - `triangle`: bilinear whose slopes are as wide as what a new pixel covers. Pillow, torchvision, and
 *   `tf.image.resize(antialias=True)`.
 * - `area`: the mean of what the new pixel covers. `tf.image.resize(method='area')`, and OpenCV's INTER_AREA where it
 *   shrinks.
 * - `nearest`: the pixel under the new pixel's centre. `tf.image.resize(method='nearest')` and Pillow.
 */
export type ResizeMethod = 'scikit-image' | 'bilinear' | 'triangle' | 'area' | 'nearest';

/** One blend for each of `to` places, of `from` values. */
export function blendsOf(method: ResizeMethod, from: number, to: number): Blend[] {
  const blend = methods[method](from, to);
  return Array.from({ length: to }, (_none, index) => blend(index));
}

type Method = (from: number, to: number) => (index: number) => Blend;

const methods: Record<ResizeMethod, Method> = { 'scikit-image': smoothed, bilinear, triangle, area, nearest };

function nearest(from: number, to: number): (index: number) => Blend {
  return (index) => ({ first: Math.floor(((index + 0.5) * from) / to), weights: Float64Array.of(1) });
}

function bilinear(from: number, to: number): (index: number) => Blend {
  return (index) => {
    const at = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
    const first = Math.floor(at);
    return { first, weights: first === at ? Float64Array.of(1) : Float64Array.of(1 - (at - first), at - first) };
  };
}

function triangle(from: number, to: number): (index: number) => Blend {
  const reach = Math.max(1, from / to);
  return (index) => {
    const centre = ((index + 0.5) * from) / to;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(from, Math.floor(centre + reach + 0.5));
    const weights = Float64Array.from({ length: end - first }, (_none, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / reach),
    );
    return { first, weights: summingToOne(weights) };
  };
}

function area(from: number, to: number): (index: number) => Blend {
  return (index) => {
    const [start, end] = [(index * from) / to, ((index + 1) * from) / to];
    const first = Math.floor(start);
    const covered = Float64Array.from({ length: Math.min(from, Math.ceil(end)) - first }, (_none, k) =>
      Math.max(0, Math.min(end, first + k + 1) - Math.max(start, first + k)),
    );
    return { first, weights: summingToOne(covered) };
  };
}

/** Smoothing only where the interpolation looks: to smooth all of a photograph first takes a hundred times as long. */
function smoothed(from: number, to: number): (index: number) => Blend {
  const bell = gaussian(Math.max(0, (from / to - 1) / 2));
  const radius = (bell.length - 1) / 2;
  return (index) => {
    const at = ((index + 0.5) * from) / to - 0.5;
    const before = Math.floor(at);
    const share = at - before;
    const places = Array.from({ length: bell.length + 1 }, (_none, k) => mirrored(before - radius + k, from));
    const first = places.reduce((least, place) => Math.min(least, place));
    const last = places.reduce((most, place) => Math.max(most, place));
    const weights = new Float64Array(last - first + 1);
    places.forEach((place, k) => {
      weights[place - first]! += (1 - share) * (bell[k] ?? 0) + share * (bell[k - 1] ?? 0);
    });
    return { first, weights };
  };
}

/** Standard deviations at which the Gaussian is cut off. */
const truncate = 4;

/** Weights that sum to 1, the middle one at the centre. */
function gaussian(sigma: number): Float64Array {
  const radius = Math.floor(truncate * sigma + 0.5);
  const bell = Float64Array.from({ length: 2 * radius + 1 }, (_none, index) =>
    index === radius ? 1 : Math.exp(-0.5 * ((index - radius) / sigma) ** 2),
  );
  return summingToOne(bell);
}

function summingToOne(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The place within 0 to `length` - 1 that a mirror at both outermost places shows. */
function mirrored(at: number, length: number): number {
  const period = Math.max(1, 2 * (length - 1));
  const within = ((at % period) + period) % period;
  return Math.min(within, period - within);
}
