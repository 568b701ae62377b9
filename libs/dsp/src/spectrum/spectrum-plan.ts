import { copyColumns } from '../copy-columns.js';
import { layOut } from '../kernels/memory.js';
import { newMatrix, type Matrix } from '../matrix.js';
import { runTables, type RowWeights } from '../weighted-sums.js';
import { assertMeasurable, largestSample } from './assert-measurable.js';
import { fftTables, radices } from './fft-tables.js';
import { copyPadded, frameCount, frameWindow, samplesBefore, type FrameSpec } from './frames.js';

/** Measures recordings with one set of tables, in a memory of its own. One caller at a time. */
export interface SpectrumPlan {
  /**
   * The powers of bins, or their sums in bands, in single precision.
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

const [floatBytes, vectorBytes, elementBytes] = [4, 16, 32];
/** How many samples, and how many results, are in the memory at a time, unless four frames need more. */
const [blockSamples, blockResults] = [2 ** 18, 2 ** 17];

/**
 * Four frames at a time, each in a lane of its own: nothing is ever moved from lane to lane, and four neighbours in a
 * row of the result are one store. No more than four frames of bins are held where bands are wanted.
 *
 * @param filters the bands; without them, bins are measured
 */
export function spectrumPlan(spec: FrameSpec, filters?: readonly RowWeights[]): SpectrumPlan {
  const { fft, hop } = spec;
  const [half, bins, before] = [fft / 2, fft / 2 + 1, samplesBefore(spec)];
  const rows = filters?.length ?? bins;
  /** From one frame to the next in the memory. Frames with gaps between them are moved up. */
  const stride = Math.min(hop, fft);
  const mostColumns = 4 * Math.max(1, Math.floor(Math.min((blockSamples - fft) / stride, blockResults / rows) / 4));
  const { tables, oddPasses, evenSize } = fftTables(fft);
  const { kernels, at, floats } = layOut(
    { ...tables, ...runTables(filters ?? []), window: halvedWindow(spec) },
    {
      scratch: elementBytes * Math.max(0, ...oddPasses.map(({ radix }) => radix)),
      elements: elementBytes * half,
      powers: vectorBytes * bins,
      samples: floatBytes * inFours((mostColumns - 1) * stride + fft),
      results: floatBytes * mostColumns * rows,
    },
  );

  /** Puts the samples of `columns` frames, from frame `first` on, into the memory. */
  function load(samples: Float32Array, first: number, columns: number): void {
    const [start, count] = [first * hop - before, inFours((columns - 1) * stride + fft)];
    if (hop <= fft) copyPadded(samples, start, spec, floats(at.samples, count));
    else {
      for (let i = 0; i < columns; i++) {
        copyPadded(samples, start + i * hop, spec, floats(at.samples + i * floatBytes * fft, fft));
      }
    }
    if (!(kernels.flushTiny(at.samples, count) <= largestSample)) assertMeasurable(samples);
  }

  function measureFour(column: number, columns: number): void {
    const [results, rowBytes] = [at.results + floatBytes * column, floatBytes * columns];
    kernels.windowFrames(at.samples + floatBytes * column * stride, stride, at.window, fft, at.elements);
    const end = at.elements + elementBytes * half;
    for (const { radix, step, angles, twiddles } of oddPasses) {
      const [anglesAt, twiddlesAt] = [at.odd + floatBytes * angles, at.odd + floatBytes * twiddles];
      kernels.oddButterflies(at.elements, end, radix, elementBytes * step, anglesAt, twiddlesAt, at.scratch);
    }
    kernels.fftOfFour(at.elements, end, evenSize, at.twiddles);
    if (!filters) return kernels.binPowers(at.elements, half, at.order, at.turns, results, rowBytes);
    kernels.binPowers(at.elements, half, at.order, at.turns, at.powers, vectorBytes);
    if (spec.power === 1) kernels.squareRoots(at.powers, bins);
    kernels.weightedSums(at.powers, vectorBytes, 4, at.runs, rows, at.weights, results, rowBytes);
  }

  /** @returns a view of the memory: the results of `columns` frames, at least 4, from frame `first` on */
  function measureBlock(samples: Float32Array, first: number, columns: number): Matrix {
    load(samples, first, columns);
    for (let column = 0; column < columns; column += 4) measureFour(Math.min(column, columns - 4), columns);
    return { rows, columns, data: floats(at.results, rows * columns) };
  }

  return {
    measure(samples) {
      const frames = frameCount(samples.length, spec);
      const end = (frames - 1) * hop - before + fft;
      // Samples that no frame holds are looked at, too.
      assertMeasurable(samples, hop > fft ? 0 : end);
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

/** A copy takes half as long as a matrix of zeros that is then written to. */
function copyOf({ rows, columns, data }: Matrix): Matrix {
  return { rows, columns, data: data.slice() };
}

function inFours(count: number): number {
  return 4 * Math.ceil(count / 4);
}

/** Telling two real spectra apart takes halves, which are taken here. */
function halvedWindow(spec: FrameSpec): Float32Array {
  return Float32Array.from(frameWindow(spec), (value) => value / 2);
}
