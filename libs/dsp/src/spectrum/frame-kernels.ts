import { inFours, layOut } from '../kernels/memory.js';
import type { Matrix } from '../matrix.js';
import { runTables, type RowWeights } from '../weighted-sums.js';
import { assertMeasurable, largestSample } from './assert-measurable.js';
import { fftTables } from './fft-tables.js';
import { copyPadded, frameWindow, samplesBefore, type FrameSpec } from './frames.js';

/** Kernels for one kind of frames, with the tables they read and room for a block of frames. */
export interface FrameKernels {
  rows: number;
  /** How many frames fit into the memory at once, a multiple of 4. */
  mostColumns: number;
  /**
   * Puts the samples of `columns` frames, from frame `first` on, into the memory.
   *
   * @throws SignalError if one is not finite
   */
  load: (this: void, samples: Float32Array, first: number, columns: number) => void;
  /** Measures four of the `columns` frames in the memory, those from `column` on. */
  measureFour: (this: void, column: number, columns: number) => void;
  /** A view of what was measured. */
  results: (this: void, columns: number) => Matrix;
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
export function frameKernels(spec: FrameSpec, filters?: readonly RowWeights[]): FrameKernels {
  const { fft, hop } = spec;
  const [half, bins] = [fft / 2, fft / 2 + 1];
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

  function transform(): void {
    const end = at.elements + elementBytes * half;
    for (const { radix, step, angles, twiddles } of oddPasses) {
      const [anglesAt, twiddlesAt] = [at.odd + floatBytes * angles, at.odd + floatBytes * twiddles];
      kernels.oddButterflies(at.elements, end, radix, elementBytes * step, anglesAt, twiddlesAt, at.scratch);
    }
    kernels.fftOfFour(at.elements, end, evenSize, at.twiddles);
  }

  return {
    rows,
    mostColumns,
    load(samples, first, columns) {
      const [start, count] = [first * hop - samplesBefore(spec), inFours((columns - 1) * stride + fft)];
      if (hop <= fft) copyPadded(samples, start, spec, floats(at.samples, count));
      else {
        for (let i = 0; i < columns; i++) {
          copyPadded(samples, start + i * hop, spec, floats(at.samples + i * floatBytes * fft, fft));
        }
      }
      if (!(kernels.flushTiny(at.samples, count) <= largestSample)) assertMeasurable(samples);
    },
    measureFour(column, columns) {
      const [results, rowBytes] = [at.results + floatBytes * column, floatBytes * columns];
      kernels.windowFrames(at.samples + floatBytes * column * stride, stride, at.window, fft, at.elements);
      transform();
      if (!filters) return kernels.binPowers(at.elements, half, at.order, at.turns, results, rowBytes);
      kernels.binPowers(at.elements, half, at.order, at.turns, at.powers, vectorBytes);
      if (spec.power === 1) kernels.squareRoots(at.powers, bins);
      kernels.weightedSums(at.powers, vectorBytes, 4, at.runs, rows, at.weights, results, rowBytes);
    },
    results: (columns) => ({ rows, columns, data: floats(at.results, rows * columns) }),
  };
}

/** Telling two real spectra apart takes halves, which are taken here. */
function halvedWindow(spec: FrameSpec): Float32Array {
  return Float32Array.from(frameWindow(spec), (value) => value / 2);
}
