/** What resamplers are made of. */
export interface ResampleKernels {
  phaseSums(
    rowsAt: number,
    taps: number,
    samplesAt: number,
    sumsAt: number,
    count: number,
    up: number,
    down: number,
    phase: number,
  ): void;
  interpolatedSums(
    leftAt: number,
    rightAt: number,
    taps: number,
    entriesPerInput: number,
    samplesAt: number,
    sumsAt: number,
    count: number,
    up: number,
    down: number,
    phase: number,
  ): void;
}
