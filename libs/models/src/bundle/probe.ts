import type { Network, Value } from '../network/graph.js';
import { valueCount } from '../network/tensor.js';

/** Ranges that probe values are taken from: the second for what has no value below 0, such as a logarithm. */
const ranges = [
  [-1, 1],
  [0, 1],
] as const;

/**
 * Pseudo-random inputs, the same on every machine, one array per input of a network: those to try first, and those for
 * a network that gives no finite values for them.
 *
 * @param whole inputs that take whole numbers, from 0 up to and without so many
 */
export function probesOf(
  inputs: readonly Value[],
  rows: number,
  whole: ReadonlyMap<string, number> = new Map(),
): Float32Array[][] {
  return ranges.map((range) => probeInputs(inputs, rows, range, whole));
}

function probeInputs(
  inputs: readonly Value[],
  rows: number,
  [least, most]: readonly [number, number],
  whole: ReadonlyMap<string, number>,
): Float32Array[] {
  let state = 1;
  const unit = () => {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return inputs.map(({ name, shape }) => {
    const limit = whole.get(name);
    const value = limit === undefined ? () => least + (most - least) * unit() : () => Math.floor(unit() * limit);
    return Float32Array.from({ length: rows * valueCount(shape) }, value);
  });
}

/** For each input that an embedding's numbers come from, how many rows its table has; the smallest, where several. */
export function wholeNumberInputs({ inputs, nodes }: Network): Map<string, number> {
  const limits = new Map<string, number>();
  for (const { name, operation, inputs: taken } of nodes.toReversed()) {
    const limit = operation.kind === 'embedding' ? operation.table.shape[0]! : limits.get(name);
    if (limit !== undefined)
      for (const source of taken) limits.set(source, Math.min(limit, limits.get(source) ?? limit));
  }
  return new Map(inputs.flatMap(({ name }) => (limits.has(name) ? [[name, limits.get(name)!]] : [])));
}
