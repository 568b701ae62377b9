/** What turns the bytes of recordings into samples of one channel. */
export interface SampleKernels {
  convertIntegers(
    integersAt: number,
    samplesAt: number,
    count: number,
    sampleBytes: number,
    patternAt: number,
    flip: number,
  ): void;
  convertFloats32(floatsAt: number, samplesAt: number, count: number, patternAt: number): void;
  convertFloats64(floatsAt: number, samplesAt: number, count: number, patternAt: number): void;
  convertCodes(codesAt: number, samplesAt: number, count: number, tableAt: number): void;
  /** 1 if no sample is infinite or no number, else 0. */
  areFinite(samplesAt: number, count: number): number;
  meanOfFloats(samplesAt: number, monoAt: number, frames: number, channels: number): void;
  meanOfInt16(valuesAt: number, monoAt: number, frames: number, channels: number): void;
  pickChannel(samplesAt: number, monoAt: number, frames: number, channels: number, channel: number): void;
}
