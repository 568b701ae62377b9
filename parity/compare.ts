import type { GoldenTensor } from './parity-case.js';

export interface Comparison {
  within: boolean;
  /** Largest |difference|; infinite where one is not a number and the other is. */
  largestDifference: number;
}

/**
 * Compares what a network gives with a golden, which may have its last outputs alone.
 *
 * @param tolerance `t`: each value may be off by t + t |golden|
 */
export function compare(
  outputs: readonly Float32Array[],
  golden: readonly GoldenTensor[],
  tolerance: number,
): Comparison {
  if (golden.length === 0 || golden.length > outputs.length)
    throw new Error(`the golden has ${golden.length} outputs, and the network ${outputs.length}`);
  const last = outputs.slice(-golden.length);
  const compared = golden.map(({ data }, index) => compareOne(last[index]!, data, tolerance));
  return {
    within: compared.every(({ within }) => within),
    largestDifference: Math.max(...compared.map(({ largestDifference }) => largestDifference)),
  };
}

function compareOne(output: Float32Array, golden: Float32Array, tolerance: number): Comparison {
  if (output.length !== golden.length)
    throw new Error(`the golden has an output of ${golden.length} values, and the network gives ${output.length}`);
  let [within, largestDifference] = [true, 0];
  golden.forEach((value, index) => {
    const given = output[index]!;
    if (Object.is(given, value) || given === value) return;
    const difference = Math.abs(given - value);
    largestDifference = Math.max(largestDifference, Number.isNaN(difference) ? Infinity : difference);
    // Of an infinite golden any part is infinite.
    if (!Number.isFinite(difference) || difference > tolerance + tolerance * Math.abs(value)) within = false;
  });
  return { within, largestDifference };
}
