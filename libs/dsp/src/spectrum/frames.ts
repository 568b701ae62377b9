import { SignalError } from '../signal-error.js';
import { windowValues, type WindowShape } from './window.js';

/** What frames see beyond the ends of the samples. */
export type Padding = 'zeros' | 'reflect' | 'edge';

/** How samples are cut into the frames of a short-time Fourier transform. */
export interface FrameSpec {
  /** Samples in a frame, and length of its transform; at least 2. Even ones without a prime factor above 31 are the fast ones. */
  fft: number;
  /** Samples from the start of one frame to the start of the next; at least 1. */
  hop: number;
  /**
   * True: frame t is centred on sample `t * hop`, with `padding` beyond both ends of the samples. False: frame t starts
   * at sample `t * hop`, and a last incomplete frame is left out. Default true.
   */
  centered?: boolean;
  /**
   * Beyond the ends, when frames are centred: `zeros` (librosa since 0.10), `reflect`, which mirrors the samples about
   * the first and the last one (librosa before 0.10, torch.stft), or `edge`, which repeats these. Default `zeros`.
   */
  padding?: Padding;
  /** As scipy.signal.get_window has them; `ones` is none at all. Default `hann`. */
  window?: WindowShape;
  /** False: a period of the window is as long as the window (scipy's fftbins=True). True: one sample less. Default false. */
  windowSymmetric?: boolean;
  /** Samples under the window, with zeros around them; 1 to `fft`. Default `fft`. */
  windowLength?: number;
  /**
   * Where a window shorter than the frame lies. `start` is TensorFlow's: a frame that is not centred then needs no
   * samples but those under its window. Default `middle`.
   */
  windowAt?: 'middle' | 'start';
  /** The exponent of magnitudes in a spectrogram and in bands: 2 for powers, 1 for magnitudes. Default 2. */
  power?: 1 | 2;
}

/**
 * How many frames there are in so many samples.
 *
 * @throws SignalError if there are none, or fewer than one frame that is not centred needs
 */
export function frameCount(samples: number, spec: FrameSpec): number {
  if (samples === 0) throw new SignalError('there are no samples');
  const { fft, hop, centered = true, windowLength = fft } = spec;
  const needed = !centered && spec.windowAt === 'start' ? windowLength : fft;
  const covered = samples + 2 * samplesBefore(spec);
  if (covered < needed) throw new SignalError(`${samples} samples are fewer than one frame of ${needed}`);
  return 1 + Math.floor((covered - needed) / hop);
}

/** The window of a frame, `fft` long. */
export function frameWindow(spec: FrameSpec): Float64Array {
  const { fft, window = 'hann', windowSymmetric = false, windowLength = fft } = spec;
  if (!(windowLength >= 1 && windowLength <= fft)) {
    throw new RangeError(`a window of ${windowLength} samples does not fit into a frame of ${fft}`);
  }
  const values = new Float64Array(fft);
  const lead = spec.windowAt === 'start' ? 0 : Math.floor((fft - windowLength) / 2);
  values.set(windowValues(window, windowLength, windowSymmetric), lead);
  return values;
}

/**
 * Writes frame `index`, windowed, to `target`, which is as long as the frame.
 *
 * @param window of {@link frameWindow}
 */
export function readFrame(
  samples: Float32Array,
  index: number,
  spec: FrameSpec,
  window: Float64Array,
  target: Float64Array,
): void {
  const frame = new Float32Array(window.length);
  copyPadded(samples, index * spec.hop - samplesBefore(spec), spec, frame);
  for (let i = 0; i < frame.length; i++) target[i] = window[i]! * frame[i]!;
}

/**
 * Writes the samples from `start` on, as many as `target` takes, with what the frames of `spec` see beyond both ends.
 *
 * @param samples at least one
 * @param start may be negative
 */
export function copyPadded(samples: Float32Array, start: number, spec: FrameSpec, target: Float32Array): void {
  const from = Math.min(target.length, Math.max(0, -start));
  const to = Math.max(from, Math.min(target.length, samples.length - start));
  target.set(samples.subarray(start + from, start + to), from);
  const padding = spec.centered === false ? 'zeros' : spec.padding;
  for (let i = 0; i < from; i++) target[i] = beyond(samples, start + i, padding);
  for (let i = to; i < target.length; i++) target[i] = beyond(samples, start + i, padding);
}

/** The padding at an index that may be any. As numpy.pad, whose `reflect` goes back and forth for as long as need be. */
function beyond(samples: Float32Array, index: number, padding: Padding = 'zeros'): number {
  const last = samples.length - 1;
  if (padding === 'zeros') return 0;
  if (padding === 'edge' || last === 0) return samples[index < 0 ? 0 : last]!;
  const place = Math.abs(index) % (2 * last);
  return samples[place <= last ? place : 2 * last - place]!;
}

/** How many samples before the first one frame 0 starts. */
export function samplesBefore({ fft, centered = true }: FrameSpec): number {
  return centered ? Math.floor(fft / 2) : 0;
}
