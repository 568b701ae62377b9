import { keepRecent } from '../recent.js';
import { kaiserFilter, resampyDesigns, soxrDesign, soxrReach } from './kaiser-filter.js';
import type { Resampler } from './resampler.js';

/** Half of a filter as a table, stretched for one change of sample rate and with the gain that belongs to it. */
export interface StretchedFilter {
  /** From the peak outwards. */
  values: Float64Array;
  /** Entries between inputs: where the filter starts for an output. A whole number but for resampy's when slowed down. */
  entriesPerInput: number;
  /** Entries from one input to the next; always a whole number, as in resampy. */
  step: number;
  /** Inputs on each side of an output that the filter reaches. */
  wing: number;
}

/** Linear interpolation between this many entries for each zero crossing errs by less than -120 dB. */
const soxrPrecision = 1024;

/**
 * @param phases where between two inputs outputs can lie, if that many tables of weights are kept; 0 if they can lie
 *   anywhere
 * @param ratio the new sample rate over the old one; above 1 / 512
 */
export function stretch(resampler: Resampler, ratio: number, phases: number): StretchedFilter {
  const scale = Math.min(1, ratio);
  if (resampler === 'soxr_hq') {
    const step = phases || Math.ceil(soxrPrecision * scale);
    const wing = wingOf(resampler, ratio);
    const values = new Float64Array((wing + 1) * step - 1);
    values.set(kaiserFilter(soxrDesign, scale / step, Math.ceil((soxrReach / scale) * step - 1e-6), scale));
    return { values, entriesPerInput: step, step, wing };
  }
  const { precision } = resampyDesigns[resampler];
  const values = tables(resampler).map((value) => scale * value);
  const step = Math.floor(scale * precision);
  return { values, entriesPerInput: scale * precision, step, wing: wingOf(resampler, ratio) };
}

/** Inputs on each side of an output that the stretched filter reaches. */
export function wingOf(resampler: Resampler, ratio: number): number {
  const scale = Math.min(1, ratio);
  if (resampler === 'soxr_hq') return Math.ceil(soxrReach / scale);
  const { precision, zeroCrossings } = resampyDesigns[resampler];
  return Math.floor((zeroCrossings * precision + 1) / Math.floor(scale * precision));
}

const tables = keepRecent(4, (resampler: Exclude<Resampler, 'soxr_hq'>) => {
  const design = resampyDesigns[resampler];
  return kaiserFilter(design, 1 / design.precision, design.zeroCrossings * design.precision + 1);
});

/**
 * One side's weights for an output, from the input next to it outwards, and how they change from there to the next entry
 * of the table. The number of steps is resampy's, which leaves out the outermost one unless `offset` is next to 0.
 *
 * @param offset of the table, at the input next to the output
 */
export function readWing(
  { values, step }: StretchedFilter,
  offset: number,
  write: (index: number, weight: number, slope: number) => void,
): void {
  const count = Math.floor((values.length - offset) / step);
  for (let i = 0, at = offset; i < count; i++, at += step) {
    const weight = values[at]!;
    write(i, weight, (values[at + 1] ?? weight) - weight);
  }
}
