import { newMatrix, type Matrix } from './matrix.js';

/** Per-channel energy normalisation; the names and defaults are those of librosa.pcen. */
export interface PcenSpec {
  /** Hertz of the samples that the frames were taken from. */
  sampleRate: number;
  /** Samples from one frame to the next. */
  hop: number;
  /** How much of a band's recent level is divided out, 0 for none of it. Default 0.98. */
  gain?: number;
  /** Where the compression is near to linear; at least 0. Default 2. */
  bias?: number;
  /** Exponent of the compression; 0 is the limit, a logarithm. Default 0.5. */
  power?: number;
  /** Seconds over which the recent level is smoothed. Default 0.4. */
  timeConstantSeconds?: number;
  /** What is added to the recent level; more than 0. Default 1e-6. */
  least?: number;
  /** Part of each frame in the recent level, 0 to 1. Default what `timeConstantSeconds` makes it. */
  smoothing?: number;
}

/**
 * Each band divided by its own recent level, then compressed: loudness and steady noise are mostly gone
 * (Y. Wang et al., Trainable Frontend For Robust and Far-Field Keyword Spotting, 2017). As librosa.pcen with
 * `max_size=1`; as there, each band's level before the first frame counts as 1.
 *
 * @param energy magnitudes or powers of bands, one column per frame; librosa advises magnitudes times 2^31
 * @returns a matrix of its own, of the same shape
 * @throws RangeError if a number of `spec` is out of its range
 */
export function pcen({ rows, columns, data }: Matrix, spec: PcenSpec): Matrix {
  const { gain = 0.98, bias = 2, power = 0.5, least = 1e-6, smoothing = smoothingOf(spec) } = spec;
  const inRange = gain >= 0 && bias >= 0 && power >= 0 && least > 0 && smoothing >= 0 && smoothing <= 1;
  if (!inRange) throw new RangeError(`not a normalisation: ${JSON.stringify(spec)}`);
  const compress = compressor(power, bias);
  const normalised = newMatrix(rows, columns);
  for (let row = 0; row < rows; row++) {
    let state = 1 - smoothing;
    for (let i = row * columns; i < (row + 1) * columns; i++) {
      const level = state + smoothing * data[i]!;
      state = (1 - smoothing) * level;
      normalised.data[i] = compress(data[i]! * Math.exp(-gain * Math.log(least + level)));
    }
  }
  return normalised;
}

function compressor(power: number, bias: number): (ratio: number) => number {
  if (power === 0) return Math.log1p;
  if (bias === 0) return (ratio) => ratio ** power;
  // The same without a logarithm and an exponential, which are most of the time.
  if (power === 0.5) return (ratio) => ratio / (Math.sqrt(ratio + bias) + Math.sqrt(bias));
  const scale = bias ** power;
  return (ratio) => scale * Math.expm1(power * Math.log1p(ratio / bias));
}

function smoothingOf({ sampleRate, hop, timeConstantSeconds = 0.4 }: PcenSpec): number {
  const frames = (timeConstantSeconds * sampleRate) / hop;
  return (Math.sqrt(1 + 4 * frames ** 2) - 1) / (2 * frames ** 2);
}
