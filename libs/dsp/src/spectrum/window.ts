/** A window's shape. `ones` is no window. */
export type WindowShape = 'hann' | 'hamming' | 'blackman' | 'bartlett' | 'ones';

/** Where the window is as a part of its period, from 0 to 1, to its value there. */
const shapes: Record<WindowShape, (part: number) => number> = {
  hann: (part) => 0.5 - 0.5 * Math.cos(2 * Math.PI * part),
  hamming: (part) => 0.54 - 0.46 * Math.cos(2 * Math.PI * part),
  blackman: (part) => 0.42 - 0.5 * Math.cos(2 * Math.PI * part) + 0.08 * Math.cos(4 * Math.PI * part),
  bartlett: (part) => 1 - Math.abs(2 * part - 1),
  ones: () => 1,
};

/**
 * The values of a window, as scipy.signal.get_window gives them.
 *
 * @param length samples, at least 1; a single sample is left as it is
 * @param symmetric false: a period is as long as the window (fftbins=True), for spectra. True: one sample shorter, so
 *   that the last value equals the first.
 */
export function windowValues(shape: WindowShape, length: number, symmetric = false): Float64Array {
  if (length === 1) return Float64Array.of(1);
  const period = symmetric ? length - 1 : length;
  return Float64Array.from({ length }, (_, i) => shapes[shape](i / period));
}
