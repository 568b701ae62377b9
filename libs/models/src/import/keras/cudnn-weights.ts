import type { Tensor } from '../../network/tensor.js';

/**
 * A kernel of a CuDNNLSTM or CuDNNGRU layer as the other layers have it: the values of each gate lie in the file as
 * [units, values], though its shape says [values, units].
 *
 * @param kernel [values, gates * units]
 */
export function fromCudnnKernel({ shape, data }: Tensor, gates: number): Tensor {
  const [values, all] = [shape[0]!, shape[1]!];
  const units = all / gates;
  const turned = new Float32Array(data.length);
  for (let value = 0; value < values; value++)
    for (let column = 0; column < all; column++) {
      const gate = Math.floor(column / units);
      const place = (column % units) * values + value;
      turned[value * all + column] = data[Math.floor(place / units) * all + gate * units + (place % units)]!;
    }
  return { shape, data: turned };
}

/** The two halves of a list of biases: of the kernel and of the recurrent kernel. */
export function halves(bias: Tensor): [Tensor, Tensor] {
  const half = bias.data.length / 2;
  return [
    { shape: [half], data: bias.data.subarray(0, half) },
    { shape: [half], data: bias.data.subarray(half) },
  ];
}

/** The two halves added up, for layers that have one bias. */
export function summedHalves(bias: Tensor): Tensor {
  const [own, recurrent] = halves(bias);
  return { shape: own.shape, data: own.data.map((value, i) => value + recurrent.data[i]!) };
}
