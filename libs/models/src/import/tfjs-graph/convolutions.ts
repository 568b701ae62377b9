import { windowSpan } from '../../network/output-shape.js';
import { sameMargins } from '../same-margins.js';
import type { Call } from './call.js';
import { requireBatch } from './batch.js';
import { dilated } from './dilated.js';
import type { Flow, GraphValue, NodeValue } from './graph-value.js';
import { marginsOf, spatial, withImage, type Format } from './images.js';

export function conv2d(call: Call): NodeValue {
  return dilated(call, convolve) ?? withImage(call, (image, format) => convolve(call, image, format));
}

/** A convolution of what is channels last, without what may be fused to it. */
export function convolve(call: Call, image: Flow, format: Format): Flow {
  const kernel = call.floats(1, 4);
  return convolveWith(call, image, { kernel, groups: 1, format });
}

export function depthwiseConv2d(call: Call): NodeValue {
  return dilated(call, depthwise) ?? withImage(call, (image, format) => depthwise(call, image, format));
}

export function depthwise(call: Call, image: Flow, format: Format): Flow {
  const { shape, data } = call.floats(1, 4);
  const [height, width, channels, multiplier] = shape as [number, number, number, number];
  const kernel = { shape: [height, width, 1, channels * multiplier], data };
  return convolveWith(call, image, { kernel, groups: channels, format });
}

interface Convolution {
  kernel: { shape: readonly number[]; data: Float32Array };
  groups: number;
  format: Format;
}

function convolveWith(call: Call, image: Flow, { kernel, groups, format }: Convolution): Flow {
  const strides = spatial(call, 'strides', format);
  const own = spatial(call, 'dilations', format, [1, 1, 1, 1]);
  call.attributes.ignore('use_cudnn_on_gpu');
  const spread = call.spread();
  if (spread) {
    const plain = [...strides, ...own].every((value) => value === 1);
    if (!plain || call.attributes.text('padding', ['VALID']) !== 'VALID')
      call.refuse('between SpaceToBatchND and BatchToSpaceND it must have no strides');
    const margins = spread.margins ?? call.refuse('it is the second convolution after SpaceToBatchND');
    return call.add({ kind: 'conv', kernel, strides, dilations: spread.block, groups, margins }, image);
  }
  const dilations = own;
  const spans = dilations.map((dilation, axis) => windowSpan(kernel.shape[axis]!, dilation));
  const margins = marginsOf(call, image.value.shape, { spans, strides, format });
  return call.add({ kind: 'conv', kernel, strides, dilations, groups, margins }, image);
}

/** Inputs: the size of the result, the kernel, and what spreads. */
export function conv2dTranspose(call: Call): GraphValue {
  const { attributes } = call;
  const format = attributes.text('data_format', ['NHWC'], 'NHWC');
  const strides = spatial(call, 'strides', format);
  if (spatial(call, 'dilations', format, [1, 1, 1, 1]).some((dilation) => dilation !== 1))
    call.refuse('dilations above 1 are not supported');
  attributes.ignore('use_cudnn_on_gpu');
  const padding = attributes.text('padding', ['SAME', 'VALID']);
  // Only what `EXPLICIT` asks for.
  attributes.ignore('explicit_paddings');
  const kernel = call.floats(1, 4);
  const image = call.flow(2, 4);
  const [rows, ...result] = call.sizes(0);
  requireBatch(call, rows, image);
  const crop = [0, 1].map((axis): [number, number] => {
    const [size, stride, window] = [result[axis], strides[axis]!, kernel.shape[axis]!];
    const input = image.value.shape[axis]!;
    if (typeof size !== 'number' || Math.ceil((padding === 'SAME' ? size : size - window + 1) / stride) !== input)
      call.refuse(`its input of ${input} cannot become ${JSON.stringify(size)}`);
    const before = padding === 'SAME' ? sameMargins(size, window, stride)[0] : 0;
    return [before, (input - 1) * stride + window - size - before];
  });
  if (result[2] !== kernel.shape[2]) call.refuse('its input_sizes do not fit its filter');
  return call.add({ kind: 'conv-transpose', kernel, strides, dilations: [1, 1], crop }, image);
}
