// The kernels of libs/dsp, in AssemblyScript: what `src/kernels/kernels.ts` describes. Every argument named `...At` is a
// byte offset into the instance's memory, which holds nothing but what the caller lays out in it.
export { areFinite, convertCodes, convertFloats32, convertFloats64, convertIntegers } from './convert-samples';
export { meanOfFloats, pickChannel } from './mix-channels';
export { meanOfInt16 } from './mean-of-int16';
export { binPowers, squareRoots } from './bin-powers';
export { fftOfFour } from './fft-of-four';
export { flushTiny } from './flush-tiny';
export { largest, levels } from './levels';
export { oddButterflies } from './odd-butterflies';
export { weightedSums } from './weighted-sums';
export { windowFrames } from './window-frames';
export { interpolatedSums, phaseSums } from './resample';
