/** Windowed-sinc filters under the names that librosa gives them: `kaiser_best` costs four times `kaiser_fast`. */
export type Resampler = 'kaiser_fast' | 'kaiser_best';

/** Half of a symmetric low-pass filter, sampled. */
export interface HalfFilter {
  /** Values for each zero crossing of the sinc. */
  precision: number;
  /** From the peak outwards; `values[i]` is the filter at `i / precision` zero crossings. */
  values: Float64Array;
}

interface KaiserDesign {
  zeroCrossings: number;
  /** Shape of the Kaiser window. */
  beta: number;
  /** Cut-off as a fraction of half the lower sample rate. */
  rollOff: number;
}

/** The filters of resampy 0.2.2, whose numbers are the definition. */
const designs: Record<Resampler, KaiserDesign> = {
  kaiser_fast: { zeroCrossings: 16, beta: 8.555504641634386, rollOff: 0.85 },
  kaiser_best: { zeroCrossings: 64, beta: 14.769656459379492, rollOff: 0.9475937167399596 },
};
const precision = 2 ** 9;

/** The filter of a resampler, for a signal that is not slowed down. */
export function kaiserFilter(resampler: Resampler): HalfFilter {
  const { zeroCrossings, beta, rollOff } = designs[resampler];
  const last = zeroCrossings * precision;
  const windowPeak = besselI0(beta);
  const values = Float64Array.from({ length: last + 1 }, (_, i) => {
    const window = besselI0(beta * Math.sqrt(1 - (i / last) ** 2)) / windowPeak;
    return rollOff * sinc((rollOff * i) / precision) * window;
  });
  return { precision, values };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The modified Bessel function of order 0, by its power series, which converges fast for the arguments above. */
function besselI0(x: number): number {
  let sum = 1;
  for (let term = 1, k = 1; term > sum * Number.EPSILON; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
