import type { Resampler } from '../src/resample/resampler.js';

/** Not looked up each time, which is slow inside Jest. */
const { PI, ceil, cos, exp, floor, min, round, sin, sqrt } = Math;

interface Design {
  zeros: number;
  beta: number;
  rollOff: number;
  /** Entries of the table for each zero crossing; without it, the filter is computed where it is read. */
  precision?: number;
  /** Zero crossings up to which it is used, if that is not the whole window. */
  reach?: number;
}

const designs: Record<Resampler, Design> = {
  soxr_hq: { zeros: 97.25, beta: 13.04, rollOff: 0.956872, reach: 88 },
  kaiser_fast: { zeros: 16, beta: 8.555504641634386, rollOff: 0.85, precision: 512 },
  kaiser_best: { zeros: 64, beta: 14.769656459379492, rollOff: 0.9475937167399596, precision: 512 },
  kaiser_fast_0_3: { zeros: 24, beta: 9.90322, rollOff: 0.868212, precision: 512 },
  kaiser_best_0_3: { zeros: 50, beta: 12.9846, rollOff: 0.917347, precision: 8192 },
};

/** A resampler's definition, output by output in double precision. The last output is a 0 where librosa appends one. */
export function plainResample(samples: Float32Array, fromRate: number, toRate: number, resampler: Resampler): number[] {
  const scale = min(1, toRate / fromRate);
  const design = designs[resampler];
  const sumOf = design.precision === undefined ? exactSum(design, scale) : tabledSum(design, design.precision, scale);
  const length = (samples.length * toRate) / fromRate;
  const computed = resampler === 'soxr_hq' ? round(length) : floor(length);
  return Array.from({ length: ceil(length) }, (_, output) => {
    if (output >= computed) return 0;
    const n = floor((output * fromRate) / toRate);
    const fraction = ((output * fromRate) % toRate) / toRate;
    return sumOf(fraction, (i) => samples[n - i] ?? 0) + sumOf(1 - fraction, (i) => samples[n + 1 + i] ?? 0);
  });
}

/** One side of the filter over the inputs that lie `start` and more inputs away from the output. */
type Side = (start: number, sampleAt: (i: number) => number) => number;

function exactSum(design: Design, scale: number): Side {
  const { zeros, reach = zeros } = design;
  const weightsFrom = remembered((start) =>
    Array.from({ length: ceil(reach / scale - start - 1e-9) }, (_, i) => scale * filterAt(design, (start + i) * scale)),
  );
  return (start, sampleAt) => weightsFrom(start).reduce((sum, weight, i) => sum + weight * sampleAt(i), 0);
}

/** resampy's loop. */
function tabledSum(design: Design, precision: number, scale: number): Side {
  const entries = design.zeros * precision + 1;
  const entryAt = remembered((i) => filterAt(design, i / precision));
  const step = floor(scale * precision);
  return (start, sampleAt) => {
    const position = scale * precision * start;
    const offset = floor(position);
    let sum = 0;
    for (let i = 0; i < floor((entries - offset) / step); i++) {
      const at = offset + i * step;
      const slope = at + 1 < entries ? entryAt(at + 1) - entryAt(at) : 0;
      sum += scale * (entryAt(at) + (position - offset) * slope) * sampleAt(i);
    }
    return sum;
  };
}

/** A sinc times a Kaiser window, `x` zero crossings from the peak. */
function filterAt({ zeros, beta, rollOff }: Design, x: number): number {
  const angle = PI * rollOff * x;
  const sinc = angle === 0 ? 1 : sin(angle) / angle;
  return (rollOff * sinc * bessel(beta * sqrt(1 - (x / zeros) ** 2))) / bessel(beta);
}

const cosines = Array.from({ length: 32 }, (_, i) => cos((PI * (i + 0.5)) / 32));

/** The modified Bessel function of order 0, by its integral over half a turn, which this rule gives to all digits. */
function bessel(x: number): number {
  return cosines.reduce((sum, cosine) => sum + exp(x * cosine), 0) / cosines.length;
}

function remembered<Value>(make: (key: number) => Value): (key: number) => Value {
  const made = new Map<number, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
