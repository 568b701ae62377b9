import { SignalError } from '../signal-error.js';

/** How samples are cut into the frames of a short-time Fourier transform. */
export interface FrameSpec {
  /** Samples in a frame, and length of its transform; at least 2. Powers of two are the fast ones. */
  fft: number;
  /** Samples from the start of one frame to the start of the next; at least 1. */
  hop: number;
  /**
   * True: frame t is centred on sample `t * hop`, with zeros beyond both ends of the samples. False: frame t starts at
   * sample `t * hop`, and a last incomplete frame is left out. Default true.
   */
  centered?: boolean;
  /** `hann` is the periodic Hann window, `ones` none at all. Default `hann`. */
  window?: 'hann' | 'ones';
  /** Samples under the window, in the middle of the frame, with zeros around them; 1 to `fft`. Default `fft`. */
  windowLength?: number;
}

/**
 * How many frames there are in so many samples.
 *
 * @throws SignalError if there are none, or fewer than one frame that is not centred needs
 */
export function frameCount(samples: number, { fft, hop, centered = true }: FrameSpec): number {
  if (samples === 0) throw new SignalError('there are no samples');
  const covered = samples + (centered ? 2 * Math.floor(fft / 2) : 0);
  if (covered < fft) throw new SignalError(`${samples} samples are fewer than one frame of ${fft}`);
  return 1 + Math.floor((covered - fft) / hop);
}

/**
 * Writes frame `index`, windowed, to `target`, which is as long as the frame.
 *
 * @param window of {@link frameWindow}
 */
export function readFrame(
  samples: Float32Array,
  index: number,
  { hop, centered = true }: FrameSpec,
  window: Float64Array,
  target: Float64Array,
): void {
  const start = index * hop - (centered ? Math.floor(window.length / 2) : 0);
  const from = Math.max(0, -start);
  const to = Math.min(window.length, samples.length - start);
  target.fill(0, 0, from);
  for (let i = from; i < to; i++) target[i] = window[i]! * samples[start + i]!;
  target.fill(0, Math.max(from, to));
}

/** The window of a frame, `fft` long. */
export function frameWindow({ fft, window = 'hann', windowLength = fft }: FrameSpec): Float64Array {
  const values = new Float64Array(fft);
  const lead = Math.floor((fft - windowLength) / 2);
  for (let i = 0; i < windowLength; i++) {
    values[lead + i] = window === 'hann' ? 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / windowLength) : 1;
  }
  return values;
}
