import type { Resampler } from './resampler.js';

/** A sinc within a Kaiser window: a low-pass filter, symmetric around its peak. */
export interface KaiserDesign {
  /** Zero crossings from the peak to the end of the window. */
  zeroCrossings: number;
  /** Shape of the window. */
  beta: number;
  /** Cut-off as a fraction of half the lower sample rate. */
  rollOff: number;
}

/** A filter of resampy, which is defined by a table and linear interpolation between its entries. */
export interface TabledDesign extends KaiserDesign {
  /** Entries for each zero crossing. */
  precision: number;
}

/** resampy's numbers: those of 0.2.2, and those that the documentation of 0.3 gives, with six digits. */
export const resampyDesigns: Record<Exclude<Resampler, 'soxr_hq'>, TabledDesign> = {
  kaiser_fast: { zeroCrossings: 16, beta: 8.555504641634386, rollOff: 0.85, precision: 2 ** 9 },
  kaiser_best: { zeroCrossings: 64, beta: 14.769656459379492, rollOff: 0.9475937167399596, precision: 2 ** 9 },
  kaiser_fast_0_3: { zeroCrossings: 24, beta: 9.90322, rollOff: 0.868212, precision: 2 ** 9 },
  kaiser_best_0_3: { zeroCrossings: 50, beta: 12.9846, rollOff: 0.917347, precision: 2 ** 13 },
};

/** Fitted to the impulse response of soxr's HQ recipe from 44,100 to 22,050 Hz: the difference is below -136 dB. */
export const soxrDesign: KaiserDesign = { zeroCrossings: 97.25, beta: 13.04, rollOff: 0.956872 };
/** Zero crossings that are used: the others would lower the errors of both bands from -100 to -126 dB, at 10 % more time. */
export const soxrReach = 88;

/**
 * Half of a filter, from its peak outwards.
 *
 * @param spacing zero crossings from one value to the next
 * @param gain a factor for every value
 */
export function kaiserFilter(design: KaiserDesign, spacing: number, count: number, gain = 1): Float64Array {
  const { zeroCrossings, beta, rollOff } = design;
  const peak = (gain * rollOff) / besselI0(beta);
  return Float64Array.from({ length: count }, (_, i) => {
    const window = besselI0(beta * Math.sqrt(1 - ((i * spacing) / zeroCrossings) ** 2));
    return peak * sinc(rollOff * i * spacing) * window;
  });
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

const { EPSILON } = Number;

/** The modified Bessel function of order 0, by its power series, which converges fast for the arguments above. */
function besselI0(x: number): number {
  const quarter = (x / 2) ** 2;
  let sum = 1;
  for (let term = 1, k = 1; term > sum * EPSILON; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}
