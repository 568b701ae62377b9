/** The discrete Fourier transform of complex signals of one length, a power of two. */
export interface ComplexFft {
  /**
   * Transforms in place. `real` and `imaginary` hold the input in the order of `order`: element `i` of the signal at
   * index `order[i]`; the result comes in natural order.
   */
  transform(real: Float64Array, imaginary: Float64Array): void;
  /** Where each element of the input belongs: the bits of its index in reverse. */
  readonly order: Uint32Array;
}

/** Plans transforms of length `size`, a power of two: decimation in time, two stages (radix 4) at once. */
export function complexFft(size: number): ComplexFft {
  const order = bitReversal(size);
  const stages = planStages(size);
  return {
    order,
    transform(real, imaginary) {
      for (const { half, cos, sin } of stages) runStage(real, imaginary, half, cos, sin);
    },
  };
}

interface Stage {
  /** Distance of the two elements of a butterfly. */
  half: number;
  cos: Float64Array;
  /** Negative: the exponent of the forward transform. */
  sin: Float64Array;
}

function planStages(size: number): Stage[] {
  const stages: Stage[] = [];
  for (let half = 1; half < size; half *= 2) {
    const angles = Float64Array.from({ length: half }, (_, k) => (-Math.PI * k) / half);
    stages.push({ half, cos: angles.map(Math.cos), sin: angles.map(Math.sin) });
  }
  return stages;
}

function runStage(re: Float64Array, im: Float64Array, half: number, cos: Float64Array, sin: Float64Array): void {
  for (let start = 0; start < re.length; start += 2 * half) {
    for (let k = 0; k < half; k++) {
      const a = start + k;
      const b = a + half;
      const [c, s] = [cos[k]!, sin[k]!];
      const tr = re[b]! * c - im[b]! * s;
      const ti = re[b]! * s + im[b]! * c;
      re[b] = re[a]! - tr;
      im[b] = im[a]! - ti;
      re[a]! += tr;
      im[a]! += ti;
    }
  }
}

function bitReversal(size: number): Uint32Array {
  const bits = Math.log2(size);
  const order = new Uint32Array(size);
  for (let i = 1; i < size; i++) order[i] = (order[i >> 1]! >> 1) | ((i & 1) << (bits - 1));
  return order;
}
