import { copyColumns } from '../copy-columns.js';
import { newMatrix, type Matrix } from '../matrix.js';
import type { RowWeights } from '../weighted-sums.js';
import { assertMeasurable } from './assert-measurable.js';
import { radices } from './fft-tables.js';
import { frameKernels } from './frame-kernels.js';
import { frameCount, samplesBefore, type FrameSpec } from './frames.js';

/** Measures recordings with one set of tables, in a memory of its own. One caller at a time. */
export interface SpectrumPlan {
  /**
   * The powers of bins, or the sums of powers or magnitudes in bands, in single precision.
   *
   * @returns one row per bin or band, one column per frame
   * @throws SignalError if `samples` is empty, not finite, or shorter than a frame that is not centred
   */
  measure: (this: void, samples: Float32Array) => Matrix;
}

/** Whether there are plans for frames of so many samples: even numbers up to 65,536 without a prime factor above 31. */
export function hasKernels(fft: number): boolean {
  return fft >= 2 && fft <= 65_536 && fft % 2 === 0 && Math.max(...radices(fft / 2)) <= 31;
}

/** @param filters the bands; without them, bins are measured */
export function spectrumPlan(spec: FrameSpec, filters?: readonly RowWeights[]): SpectrumPlan {
  const { rows, mostColumns, load, measureFour, results } = frameKernels(spec, filters);

  /** @returns a view of the kernels' memory: `columns` frames, at least 4, from frame `first` on */
  function measureBlock(samples: Float32Array, first: number, columns: number): Matrix {
    load(samples, first, columns);
    for (let column = 0; column < columns; column += 4) measureFour(Math.min(column, columns - 4), columns);
    return results(columns);
  }

  return {
    measure(samples) {
      const frames = frameCount(samples.length, spec);
      assertMeasurable(samples, firstUnseen(frames, spec));
      if (frames >= 4 && frames <= mostColumns) return copyOf(measureBlock(samples, 0, frames));
      const matrix = newMatrix(rows, frames);
      for (let done = 0; done < frames; done += mostColumns) {
        const wanted = Math.min(mostColumns, frames - done);
        // Of four at least, some are measured once more, or lie beyond the end.
        const columns = Math.max(4, wanted);
        const first = Math.max(0, done + wanted - columns);
        copyColumns(measureBlock(samples, first, columns), 0, matrix, first);
      }
      return matrix;
    },
  };
}

/** From where on samples may be in no frame: a recording is refused for what is wrong there, too. */
function firstUnseen(frames: number, spec: FrameSpec): number {
  return spec.hop > spec.fft ? 0 : (frames - 1) * spec.hop - samplesBefore(spec) + spec.fft;
}

/** A copy takes half as long as a matrix of zeros that is then written to. */
function copyOf({ rows, columns, data }: Matrix): Matrix {
  return { rows, columns, data: data.slice() };
}
