import { valueCount, type Tensor } from '../../network/tensor.js';
import type { LayerCall } from './layer.js';

/** Keras 1 has the weights of each gate apart, in this order; for GRU it is that of later versions, too. */
export const lstmGates = ['i', 'c', 'f', 'o'];
export const gruGates = ['z', 'r', 'h'];

/** The roles of their weights. */
export const apart = (gates: readonly string[]) => gates.flatMap((gate) => [`W_${gate}`, `U_${gate}`, `b_${gate}`]);

/** The same weights as later versions have them: beside each other, in the order of `gates`. */
export function joinedGates(
  { input, options: { units }, take }: LayerCall<{ units: number }>,
  gates: readonly string[],
) {
  const parts = gates.map((gate) =>
    take({ [`W_${gate}`]: [input.shape.at(-1)!, units], [`U_${gate}`]: [units, units], [`b_${gate}`]: [units] }),
  );
  const all = gates.length * units;
  const joined = (letter: string, shape: readonly number[]): Tensor => {
    const data = new Float32Array(valueCount(shape));
    parts.forEach((part, gate) => {
      const own = part[`${letter}_${gates[gate]}`]!.data;
      for (let row = 0; row * units < own.length; row++)
        data.set(own.subarray(row * units, (row + 1) * units), row * all + gate * units);
    });
    return { shape, data };
  };
  return {
    kernel: joined('W', [input.shape.at(-1)!, all]),
    recurrent_kernel: joined('U', [units, all]),
    bias: joined('b', [all]),
  };
}
