import { refusal } from '../errors.js';
import type { ConvLayer, Layer, PoolLayer } from './network.js';

/**
 * The shape that a layer gives, without the batch axis and with channels last.
 *
 * @throws ModelError if the layer cannot take `input`, or leaves nothing of it
 */
export function outputShape(layer: Layer, input: readonly number[]): readonly number[] {
  switch (layer.kind) {
    case 'conv':
      return [
        ...windowedSizes(layer, layer.kernel.shape.slice(0, -2), layer.dilations, input),
        layer.kernel.shape.at(-1)!,
      ];
    case 'pool':
      return [
        ...windowedSizes(
          layer,
          layer.size,
          layer.size.map(() => 1),
          input,
        ),
        input.at(-1)!,
      ];
    case 'global-pool':
      return input.slice(-1);
    case 'dense':
      return [...input.slice(0, -1), layer.kernel.shape[1]!];
    case 'reshape':
      if (valueCount(layer.shape) !== valueCount(input))
        throw refusal(`layer ${layer.name}: ${shapeText(input)} cannot become ${shapeText(layer.shape)}`);
      return layer.shape;
    case 'pad':
      return [...layer.zeros.map(([before, after], axis) => before + input[axis]! + after), input.at(-1)!];
    case 'batch-normalization':
    case 'leaky-relu':
    case 'activation':
      return input;
  }
}

/** How many values a shape holds. */
export function valueCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A shape for people: `40 x 433 x 1`. */
export function shapeText(shape: readonly number[]): string {
  return shape.join(' x ');
}

/**
 * Zeros before and after one axis. An odd one of `same` goes after, as in TensorFlow.
 *
 * @param window how many samples the window spans, dilation included
 */
export function paddingOf(
  padding: ConvLayer['padding'],
  { size, window, stride }: { size: number; window: number; stride: number },
): [number, number] {
  if (padding === 'valid') return [0, 0];
  if (padding === 'causal') return [window - 1, 0];
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + window - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Samples that a window spans along one axis. */
export function windowSpan(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

function windowedSizes(
  { name, strides, padding }: ConvLayer | PoolLayer,
  sizes: readonly number[],
  dilations: readonly number[],
  input: readonly number[],
): number[] {
  return sizes.map((windowSize, axis) => {
    const [size, stride, window] = [input[axis]!, strides[axis]!, windowSpan(windowSize, dilations[axis]!)];
    const [before, after] = paddingOf(padding, { size, window, stride });
    const output = Math.floor((size + before + after - window) / stride) + 1;
    if (output >= 1) return output;
    throw refusal(`layer ${name}: its input ${shapeText(input)} is smaller than its window of ${window}`);
  });
}
