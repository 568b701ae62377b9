/**
 * What features are made of. A vector is four floats, one for each of four frames; an element is two vectors, of real
 * and of imaginary parts. `rowBytes` is the distance of rows that lie one below the other.
 */
export interface SpectrumKernels {
  /** Sets samples too small to matter to 0. Returns the largest magnitude, NaN if a sample is none. */
  flushTiny(samplesAt: number, count: number): number;
  windowFrames(samplesAt: number, hop: number, windowAt: number, size: number, vectorsAt: number): void;
  fftOfFour(from: number, end: number, size: number, twiddlesAt: number): void;
  /** What an odd factor of the size takes before transforms of a power of two follow. */
  oddButterflies(
    from: number,
    end: number,
    radix: number,
    step: number,
    anglesAt: number,
    twiddlesAt: number,
    scratchAt: number,
  ): void;
  binPowers(
    elementsAt: number,
    half: number,
    orderAt: number,
    turnsAt: number,
    powersAt: number,
    rowBytes: number,
  ): void;
  squareRoots(vectorsAt: number, count: number): void;
  /** `columns` of the matrix are taken, 4 at least; `runsAt` holds, for each sum, its first row and its number of rows. */
  weightedSums(
    matrixAt: number,
    matrixRowBytes: number,
    columns: number,
    runsAt: number,
    runs: number,
    weightsAt: number,
    sumsAt: number,
    sumsRowBytes: number,
  ): void;
  largest(valuesAt: number, count: number, least: number): number;
  levels(
    valuesAt: number,
    count: number,
    least: number,
    offset: number,
    factor: number,
    zero: number,
    floor: number,
  ): void;
}
