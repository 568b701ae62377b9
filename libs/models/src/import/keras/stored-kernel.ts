import { permute } from '../../network/permute.js';
import { shapeText, valueCount, type Tensor } from '../../network/tensor.js';
import type { LayerCall } from './layer.js';
import type { DataFormat } from './spatial.js';

type KernelCall = LayerCall<{ data_format: DataFormat }>;

/**
 * The weight `kernel` of a convolution, whatever way round the file has it: Keras 1 orders axes in its own ways, and
 * Theano turns kernels round before it applies them.
 *
 * @param shape [...spatial, channels in, channels out]; of a transposed convolution the channels are the other way round
 */
export function readKernel(call: KernelCall, shape: readonly number[]): Tensor {
  const window = shape.slice(0, -2);
  const kernel = call.file.keras === 1 ? readOldKernel(call, shape) : call.take({ kernel: shape }).kernel;
  if (call.file.backend === 'other' || window.every((size) => size === 1)) return kernel;
  if (call.file.backend === 'theano') return turnedRound(kernel);
  throw call.refuse(
    'the file does not tell whether Theano or TensorFlow made it, whose kernels differ; save it anew with Keras 2',
  );
}

/** @throws what refuses the call if Theano may have made the file: it is not known how it has such kernels */
export function requireNotTheano({ file, refuse }: Pick<LayerCall<unknown>, 'file' | 'refuse'>): void {
  if (file.backend !== 'other') throw refuse('made by Theano it is not supported; save it anew with TensorFlow');
}

/** Keras 1 has [out, in, ...spatial] where channels come first, and one column where there are only rows. */
function readOldKernel({ take, storedShape, options }: KernelCall, shape: readonly number[]): Tensor {
  const line = shape.length === 3;
  const window = line ? [shape[0]!, 1] : shape.slice(0, -2);
  const [channels, filters] = [shape.at(-2)!, shape.at(-1)!];
  const last = [...window, channels, filters];
  // Before Keras 1.2 a kernel of one axis had its channels first whatever the option said.
  const lastByShape = shapeText(storedShape('kernel') ?? []) === shapeText(last);
  if (line ? lastByShape : options.data_format === 'channels_last')
    return { shape, data: take({ kernel: last }).kernel.data };
  const { kernel } = take({ kernel: [filters, channels, ...window] });
  return { shape, data: permute(kernel, [...window.map((_, axis) => axis + 2), 1, 0]).data };
}

function turnedRound({ shape, data }: Tensor): Tensor {
  const pair = valueCount(shape.slice(-2));
  const turned = new Float32Array(data.length);
  for (let start = 0; start < data.length; start += pair)
    turned.set(data.subarray(start, start + pair), data.length - pair - start);
  return { shape, data: turned };
}
